using CrmSync.Console.Access;
using CrmSync.Hosting;
using CrmSync.Ledger.Access;
using CrmSync.Settings;
using CrmSync.TestSupport;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Console;

/// <summary>A real worker with a console at a free port, a ledger of its own, and a clock that only the test moves.</summary>
internal sealed class ConsoleStage : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();
    private readonly WorkerHost _host;

    private ConsoleStage(FakeTimeProvider clock, IReadOnlyDictionary<string, string?> settings)
    {
        Clock = clock;
        Directory.CreateDirectory(_folder.Combine("inbox"));
        _host = WorkerHost.Build(SettingsReader.Read(Configure(settings)), clock, logging => logging.AddProvider(Log));
    }

    public FakeTimeProvider Clock { get; }

    public KeptLog Log { get; } = new();

    public IServiceProvider Services => _host.Services;

    public IConsoleStore Store => Services.GetRequiredService<IConsoleStore>();

    public Uri Address => _host.ConsoleAddress!;

    public Uri SetupLink => _host.SetupLink!;

    public string Folder => _folder.Path;

    /// <summary>The address of the control API and the health probes.</summary>
    public Uri ControlAddress => new(CrmSync.Control.ControlFile.Read(_folder.Combine("control.json"))!.Url);

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    public static async Task<ConsoleStage> StartAsync(params (string Key, string? Value)[] settings)
    {
        var stage = new ConsoleStage(
            new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)), settings.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal));
        await stage._host.StartAsync(TestContext.Current.CancellationToken);
        return stage;
    }

    public VisitorBrowser Browser() => new(Address);

    /// <summary>A browser whose user has an account with this role and is logged in with it.</summary>
    public async Task<VisitorBrowser> BrowserAsync(ConsoleRole role, bool seePersonal = false, bool mustChange = false)
    {
        var name = $"{role}{(mustChange ? "-new" : string.Empty)}".ToLowerInvariant();
        await CreateAsync(name, role, seePersonal, mustChange);
        var browser = Browser();
        (await browser.SignInAsync(name, Password)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        return browser;
    }

    public async Task CreateAsync(string name, ConsoleRole role, bool seePersonal = false, bool mustChange = false)
    {
        var cancel = TestContext.Current.CancellationToken;
        var hash = await Services.GetRequiredService<Passwords>().HashAsync(Password, cancel);
        await Store.CreateAsync(new NewAccount(name, role, seePersonal, hash, mustChange), new AuditNote("test", null, AuditActions.AccountCreated, name), cancel);
    }

    public async Task<IReadOnlyList<AuditLine>> AuditAsync() => await Store.ReadAuditAsync(new AuditQuery(), 100, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private IConfiguration Configure(IReadOnlyDictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Sources:inbox:Kind"] = "Folder",
            ["Sources:inbox:Path"] = _folder.Combine("inbox"),
            ["Sources:inbox:Instance"] = "test",
            ["Connectors:mailbox:Kind"] = "Email",
            ["Connectors:mailbox:From"] = "crmsync@centre.example",
            ["Connectors:mailbox:To"] = "records@support.example",
            ["Connectors:mailbox:Pickup:Folder"] = _folder.Combine("pickup"),
            ["Routes:0:Name"] = "everything",
            ["Routes:0:Connectors:0"] = "mailbox",
            ["Ledger:Path"] = _folder.Combine("crmsync.db"),
            ["Http:ControlFile"] = _folder.Combine("control.json"),
            ["Console:Url"] = "http://127.0.0.1:0",
        }.Concat(settings).GroupBy(setting => setting.Key, StringComparer.Ordinal).Select(same => same.Last())).Build();
}
