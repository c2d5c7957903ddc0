using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmSync.Alerts;
using CrmSync.Core.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Alerts;

/// <summary>The webhook against a receiver of our own on a real socket.</summary>
public sealed class AlertWebhookTests : IAsyncLifetime
{
    private const string Secret = "a secret of more than 24 characters";

    private static readonly AlertNews Raised = new(
        new Alert(AlertKind.ConnectorPaused, "zendesk", 2, "Connector zendesk has delivered nothing.", "Run 'crmsync check'.", AlertRulesTests.Noon), IsOver: false);

    private readonly FakeTimeProvider _clock = new(AlertRulesTests.Noon.AddMinutes(7));
    private readonly KeptLog _log = new();
    private readonly List<(IHeaderDictionary Headers, string Body)> _received = [];
    private WebApplication _receiver = null!;
    private ServiceProvider _services = null!;
    private int _status = StatusCodes.Status204NoContent;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _receiver = builder.Build();
        _receiver.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            _received.Add((new HeaderDictionary(context.Request.Headers.ToDictionary()), body));
            context.Response.StatusCode = _status;
        });
        await _receiver.StartAsync(Cancel);
        var options = new AlertOptions
        {
            Webhook = new WebhookOptions { Url = new Uri(new Uri(_receiver.Urls.First()), "/hook?token=canary"), Secret = new Secret(Secret) },
        };
        _services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_log)).AddSingleton<TimeProvider>(_clock).AddAlerts(options).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task An_alert_is_posted_as_JSON_signed_over_id_time_and_body()
    {
        await PostAsync(Raised);

        var (headers, body) = _received.ShouldHaveSingleItem();
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("type").GetString().ShouldBe("alert.raised");
        json.RootElement.GetProperty("installation").GetString().ShouldBe("k3v9ab");
        json.RootElement.GetProperty("text").GetString().ShouldBe("CrmSync: Connector zendesk has delivered nothing. Run 'crmsync check'.");
        var data = json.RootElement.GetProperty("data");
        data.GetProperty("key").GetString().ShouldBe("connector-paused:zendesk");
        data.GetProperty("kind").GetString().ShouldBe("connector_paused");
        data.GetProperty("level").GetInt32().ShouldBe(2);
        data.GetProperty("since").GetDateTimeOffset().ShouldBe(AlertRulesTests.Noon);

        var signed = $"{headers["webhook-id"]}.{_clock.GetUtcNow().ToUnixTimeSeconds()}.{body}";
        headers["webhook-signature"].ToString().ShouldBe(
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signed))));
    }

    /// <summary>The example of the Standard Webhooks specification's libraries.</summary>
    [Fact]
    public void The_signature_is_the_standards() =>
        AlertMessage.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public async Task The_same_news_has_the_same_id_from_every_worker_and_other_news_another()
    {
        await PostAsync(Raised);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await PostAsync(Raised);
        await PostAsync(Raised with { IsOver = true });

        var ids = _received.ConvertAll(post => post.Headers["webhook-id"].ToString());
        ids[1].ShouldBe(ids[0]);
        ids[2].ShouldNotBe(ids[0]);
    }

    [Fact]
    public async Task What_the_receiver_did_not_take_is_posted_the_next_time_in_order_and_the_log_says_so_once_without_the_token()
    {
        _status = StatusCodes.Status500InternalServerError;
        await PostAsync(Raised);
        await PostAsync(Raised with { IsOver = true });
        _received.Count.ShouldBe(2);
        _log.Lines.ShouldHaveSingleItem().ShouldNotContain("canary");

        _received.Clear();
        _status = StatusCodes.Status200OK;
        await PostAsync();

        _received.ConvertAll(post => post.Headers["webhook-id"].ToString().Split('-')[^1]).ShouldBe(["raised", "resolved"]);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_disturbs_nobody()
    {
        await _receiver.StopAsync(Cancel);

        await PostAsync(Raised);

        _log.Lines.ShouldHaveSingleItem().ShouldContain("cannot be reached");
    }

    private async Task PostAsync(params AlertNews[] news) => await _services.GetRequiredService<AlertWebhook>().PostAsync(
        news.Select(one => AlertMessage.Of(one, "k3v9ab", _clock.GetUtcNow())), Cancel);

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                Lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
