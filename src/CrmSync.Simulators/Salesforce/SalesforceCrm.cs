using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrmSync.Simulators.Salesforce;

/// <summary>The org over HTTP: sessions, quota and the error shapes around <see cref="RestApi"/>.</summary>
internal sealed class SalesforceCrm : ISimulatedCrm
{
    public const string IpBlocked = "ip-blocked";
    public const string ConcurrentLimit = "concurrent-limit";

    /// <summary>The transaction stays open for the fault's delay and holds what it wrote, even when the client hangs up.</summary>
    public const string LongTransaction = "long-transaction";

    private const string ApiRoot = "/services/data/";

    // The limit on concurrent requests counts those alone: salesforce_app_limits_platform_api.
    private static readonly TimeSpan LongCall = TimeSpan.FromSeconds(20);

    // One route a resource, so that the counters read like the vendor's documentation.
    private static readonly string[] Routes =
    [
        "", "/limits", "/search", "/sobjects", "/sobjects/{type}", "/sobjects/{type}/describe", "/sobjects/{type}/updated", "/sobjects/{type}/deleted",
        "/sobjects/{type}/{id}", "/sobjects/{type}/{id}/VersionData",
        "/sobjects/{type}/{field}/{value}", "/query", "/query/{locator}", "/queryAll", "/queryAll/{locator}", "/composite", "/composite/batch",
        "/composite/graph", "/composite/tree/{type}", "/composite/sobjects", "/composite/sobjects/{type}", "/composite/sobjects/{type}/{field}",
    ];

    /// <summary>31.0 to 40.0 are deprecated from Summer '27 on; 21.0 to 30.0 are gone and answer 410.</summary>
    private const int OldestVersion = 31;
    private const int NewestVersion = 68;
    private const int OldestUndeprecated = 41;

    private readonly AccessTokens _tokens;
    private readonly RollingCounter _calls;
    private readonly RollingCounter _logins;
    private readonly RequestRunner _runner;
    private readonly Org _org;

    public SalesforceCrm(Org org, OrgDesk desk)
    {
        _org = org;
        Actions = OrgActions.For(this, org, desk);
        _tokens = new AccessTokens(org.Options, org.Clock);
        _calls = new RollingCounter(TimeSpan.FromHours(24), org.Clock);
        _logins = new RollingCounter(TimeSpan.FromHours(1), org.Clock);
        _runner = new RequestRunner(org, new RestApi(org));
    }

    public IReadOnlyList<AdminAction> Actions { get; }

    public void Map(IEndpointRouteBuilder routes)
    {
        new OAuthEndpoints(_org, _tokens, _logins).Map(routes);
        new SoapLogin(_org, _tokens, _logins).Map(routes);
        routes.MapGet("/services/data", context => WriteAsync(context, ApiAnswer.Ok(VersionList())));
        foreach (var route in Routes)
        {
            routes.Map($"/services/data/{{version}}{route}", AnswerAsync);
        }
    }

    public Task RefuseAsync(HttpContext context, Fault fault) => fault.Status switch
    {
        401 => WriteAsync(context, Expired()),
        403 => WriteAsync(context, OverDailyLimit()),
        503 => WriteAsync(context, ApiAnswer.Of(new ApiException(503, "SERVER_UNAVAILABLE", "Server unavailable"))),
        500 => WriteAsync(context, ApiAnswer.Of(new ApiException(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred. Please include this ErrorId if you contact support: 1029384756-1"))),
        _ => context.Response.WriteAsync($"<html><head><title>{fault.Status}</title></head><body>Salesforce Edge</body></html>", context.RequestAborted),
    };

    public void ExpireTokens() => _tokens.Clear();

    public JsonNode ReadBack() => Simulators.Salesforce.ReadBack.ToJson(_org);

    public IEnumerable<RecordDigest> Digest() => Simulators.Salesforce.ReadBack.Digest(_org);

    public void Reset()
    {
        _org.Clear();
        _tokens.Clear();
        _calls.Clear();
        _logins.Clear();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Refusal(context) is { } refusal)
        {
            await WriteAsync(context, refusal);
            return;
        }

        try
        {
            var request = await RequestReader.ReadAsync(context);
            var cost = request.Path is ["composite", "batch"] ? BatchResource.Cost(request.Body) : 1;
            if (!_calls.TrySpend(cost, _org.DailyCallsMax))
            {
                await WriteAsync(context, OverDailyLimit());
                return;
            }

            context.Charge(cost);
            Announce(context, request);
            var simulatorEnds = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            await WriteAsync(context, request.Path is ["limits"] ? ApiAnswer.Ok(Limits()) : await _runner.RunAsync(request, context.DelayOf(LongTransaction), simulatorEnds));
        }
        catch (ApiException e)
        {
            await WriteAsync(context, ApiAnswer.Of(e));
        }
    }

    private ApiAnswer? Refusal(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var token = authorization.Split(' ') is [var scheme, var value] && scheme is "Bearer" or "OAuth" ? value : null;
        if (!_tokens.IsValid(token))
        {
            return Expired();
        }

        if (_org.Rules.IpBlocked || context.HasFault(IpBlocked))
        {
            return ApiAnswer.Of(new ApiException(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API"));
        }

        if (context.HasFault(ConcurrentLimit) || context.RunningLongerThan(LongCall, ApiRoot) >= _org.LongCallsMax)
        {
            return ApiAnswer.Of(new ApiException(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded."));
        }

        var version = (string?)context.Request.RouteValues["version"];
        return version is not ['v', .. var number] || !decimal.TryParse(number, CultureInfo.InvariantCulture, out var n) || n > NewestVersion
            ? ApiAnswer.Of(ApiException.NotFound())
            : n < OldestVersion ? ApiAnswer.Of(new ApiException(410, "UNSUPPORTED_API_VERSION", "The requested version is retired"))
            : null;
    }

    // Sometimes the app's own share stands beside the org's: headers_api_usage.
    private void Announce(HttpContext context, ApiRequest request)
    {
        var usage = string.Create(CultureInfo.InvariantCulture, $"api-usage={_calls.Total}/{_org.DailyCallsMax}");
        context.Response.Headers["Sforce-Limit-Info"] = _org.Options.AppName is { } app
            ? string.Create(CultureInfo.InvariantCulture, $"{usage}; per-app-api-usage={_calls.Total}/{_org.DailyCallsMax}(appName={app})")
            : usage;
        if (_org.Options.Announcement is { } announced)
        {
            context.Response.Headers.Warning = $"299 - \"{announced}\"";
        }
        else if (decimal.Parse(request.Version[1..], CultureInfo.InvariantCulture) < OldestUndeprecated)
        {
            context.Response.Headers.Warning = $"299 - \"This API is deprecated and will be removed by Summer '28. Please upgrade to version {NewestVersion}.0.\"";
        }
    }

    private static ApiAnswer Expired() => ApiAnswer.Of(new ApiException(401, "INVALID_SESSION_ID", "Session expired or invalid"));

    private static ApiAnswer OverDailyLimit() => ApiAnswer.Of(new ApiException(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));

    private JsonObject Limits() => new()
    {
        ["DailyApiRequests"] = new JsonObject
        {
            ["Max"] = _org.DailyCallsMax,
            ["Remaining"] = _org.DailyCallsMax - _calls.Total,
        },
        ["FileStorageMB"] = new JsonObject { ["Max"] = 10_240, ["Remaining"] = _org.Rules.StorageFull ? 0 : 10_000 },
    };

    private static JsonArray VersionList() => [.. Enumerable.Range(OldestVersion, NewestVersion - OldestVersion + 1).Select(v => new JsonObject
    {
        ["label"] = $"Version {v}",
        ["url"] = $"/services/data/v{v}.0",
        ["version"] = $"{v}.0",
    })];

    private static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.Location is not null)
        {
            context.Response.Headers.Location = answer.Location;
        }

        if (answer.Bytes is not null)
        {
            context.Response.ContentType = "application/octetstream";
            await context.Response.Body.WriteAsync(answer.Bytes, context.RequestAborted);
        }
        else if (answer.Body is not null)
        {
            context.Response.ContentType = "application/json;charset=UTF-8";
            await WriteJsonAsync(context, Encoding.UTF8.GetBytes(answer.Body.ToJsonString()));
        }
    }

    private static async Task WriteJsonAsync(HttpContext context, byte[] json)
    {
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && e.Quality is not 0))
        {
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
            return;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await gzip.WriteAsync(json, context.RequestAborted);
    }
}
