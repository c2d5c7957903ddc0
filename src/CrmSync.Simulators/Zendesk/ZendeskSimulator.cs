using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Zendesk;

/// <summary>
/// One Zendesk account over HTTP: what the Support API does to tickets, strictly. <see cref="SimulatorHost"/> gives it a socket.
/// </summary>
public sealed class ZendeskSimulator(ZendeskSettings settings, TimeProvider clock) : ISimulatedCrm
{
    private ZendeskAccount _account = new(settings, clock);

    /// <summary>Looks at tickets and changes them behind the API's back.</summary>
    public ZendeskDesk Desk => new(_account);

    public IReadOnlyList<AdminAction> Actions => field ??= ZendeskActions.For(this);

    public void Map(IEndpointRouteBuilder routes)
    {
        var router = new ZendeskRouter(routes, AnswerAsync);
        ZendeskTicketEndpoints.Map(router);
        ZendeskJobEndpoints.Map(router);
        ZendeskOtherEndpoints.Map(router);
        ZendeskSearchEndpoint.Map(router);
        routes.MapPost("/oauth/tokens", GrantAsync);
        routes.MapFallback(context => WriteAsync(context, ZendeskAnswer.NoSuchEndpoint));
    }

    public Task RefuseAsync(HttpContext context, Fault fault) => WriteAsync(context, fault.Status switch
    {
        429 => ZendeskAnswer.TooMany(fault.RetryAfter ?? TimeSpan.FromMinutes(1), asText: fault.Name == ZendeskFaultNames.PlainText),
        401 => ZendeskAnswer.Unauthorized,
        403 when fault.Name is null => ZendeskAnswer.Forbidden,
        403 => ZendeskAnswer.Error(403, "Forbidden", fault.Name),
        422 => ZendeskAnswer.Error(422, "RecordInvalid", fault.Name ?? "Record validation errors"),
        409 => ZendeskAnswer.Error(409, "DatabaseConflict", "Database collision"),
        _ => new ZendeskAnswer(fault.Status) { Text = "<html><body><h1>We're sorry, but something went wrong.</h1></body></html>" },
    });

    internal void Limit(ZendeskLimits limits) => Locked(account => account.Limit(limits));

    public void ExpireTokens() => Locked(account => account.Tokens.ExpireAll());

    /// <summary>
    /// <c>{"abandonedUploads": n, "tickets": [{id, status, tags, comments: [{id, public, html, attachments: [{name, text}]}]}]}</c>,
    /// tickets without comments left out.
    /// </summary>
    public JsonNode ReadBack() => Desk.ReadBack();

    public IEnumerable<RecordDigest> Digest() => Desk.Touched().Select(ticket => new RecordDigest(
        ticket.Id.ToString(CultureInfo.InvariantCulture),
        ticket.Comments.Count,
        [.. ticket.Comments.SelectMany(comment => comment.Attachments).Select(file => FileDigest.Of(file.FileName, file.Content))]));

    public void Reset() => _account = new ZendeskAccount(settings, clock);

    private async Task AnswerAsync(HttpContext context, ZendeskOperation operation)
    {
        var body = await ReadBodyAsync(context);
        var account = _account;
        ZendeskAnswer answer;
        context.Charge(1);

        lock (account.Gate)
        {
            account.Jobs.Run();
            answer = Answer(account, context, body, operation);

            foreach (var (name, value) in account.Meter.Headers(context.Request.Method == "PUT", account.Jobs.InFlight))
            {
                context.Response.Headers[name] = value;
            }
        }

        context.Response.Headers["X-Zendesk-Request-Id"] = context.TraceIdentifier;
        await WriteAsync(context, answer);
    }

    private static ZendeskAnswer Answer(ZendeskAccount account, HttpContext context, byte[] body, ZendeskOperation operation)
    {
        if (account.Meter.Count() is { } wait)
        {
            return ZendeskAnswer.TooMany(wait, asText: context.HasFault(ZendeskFaultNames.PlainText));
        }

        if (account.Tokens.Scope(context.Request.Headers.Authorization) is not { } scope)
        {
            return ZendeskAnswer.Unauthorized;
        }

        return !Allows(scope, context.Request) ? ZendeskAnswer.Forbidden
            : context.HasFault(ZendeskFaultNames.DatabaseConflict) ? ZendeskAnswer.Error(409, "DatabaseConflict", "Database collision")
            : operation(new ZendeskCall(context, account, body, account.Users.Owner.Id));
    }

    /// <summary><c>read</c> and <c>write</c> open everything, <c>tickets:write</c> only what is below that resource.</summary>
    private static bool Allows(string scope, HttpRequest request)
    {
        var verb = HttpMethods.IsGet(request.Method) ? "read" : "write";
        var resource = request.Path.Value!.Split('/')[3];
        var name = resource.Split('.')[0] is "uploads" or "job_statuses" or "ticket_fields" or "search" ? "tickets" : resource.Split('.')[0];
        return scope.Split(' ').Any(granted => granted == verb || granted == $"{name}:{verb}");
    }

    private async Task GrantAsync(HttpContext context)
    {
        var body = await ReadBodyAsync(context);
        ZendeskAnswer answer = ZendeskAnswer.NoContent;
        Locked(account => answer = account.Tokens.Grant(context.Request.ContentType ?? "", body));
        await WriteAsync(context, answer);
    }

    private void Locked(Action<ZendeskAccount> action)
    {
        var account = _account;

        lock (account.Gate)
        {
            action(account);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, ZendeskAnswer answer)
    {
        context.Response.StatusCode = answer.Status;

        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Text is { } text)
        {
            context.Response.ContentType = text.StartsWith('<') ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
            await context.Response.WriteAsync(text, context.RequestAborted);
        }
        else if (answer.Body is { } body)
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), context.RequestAborted);
        }
    }
}
