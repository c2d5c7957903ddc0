using CrmSync.Console.Access;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using CrmSync.Demo;
using CrmSync.EndToEndTests.Support;
using CrmSync.Hosting;
using CrmSync.Ledger.Access;
using CrmSync.Settings;
using CrmSync.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CrmSync.EndToEndTests.Console;

/// <summary>
/// The demo with its console, and a browser, once for all browser tests: simulated CRMs, the sample sessions delivered to them, and four
/// sessions that cannot be: two whose ticket nobody has, one without one, one full of markup.
/// </summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    internal const string Password = "correct horse battery";

    private const string Install = "install the packages chromium and fonts-dejavu-core";

    private readonly TemporaryFolder _folder = new();
    private SimulatedCrms? _crms;
    private WorkerHost? _worker;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal Uri Address => _worker!.ConsoleAddress!;

    internal Uri SetupLink => _worker!.SetupLink!;

    internal IServiceProvider Services => _worker!.Services;

    internal IConsoleStore Store => Services.GetRequiredService<IConsoleStore>();

    internal SimulatedCrms Crms => _crms!;

    internal string Inbox => _folder.Combine("sessions");

    /// <summary>Where screenshots go: looked at by people, compared by nobody.</summary>
    internal static string Screens { get; } = Directory.CreateDirectory(Repository.Combine("artifacts", "screens")).FullName;

    public async ValueTask InitializeAsync()
    {
        if (FindChromium() is not { } chromium)
        {
            return;
        }

        var cancel = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(Inbox);
        foreach (var sample in Directory.GetFiles(Repository.Combine("samples", "sessions"), "*.json"))
        {
            File.Copy(sample, Path.Combine(Inbox, Path.GetFileName(sample)));
        }

        var sessions = await DemoSessions.ReadAsync(Inbox, new ReaderOptions { Instance = DemoSettings.Instance }, cancel);
        _crms = await SimulatedCrms.StartAsync(new SimulatorPorts(), TimeProvider.System, cancel);
        foreach (var id in sessions.Newest.Select(session => session.OutTicket?.Id).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            _crms.Provide(id);
        }

        _crms.Provide(OddSessions.MarkupTicket);
        OddSessions.Write(Inbox);

        // Alerts are looked for when a test says so.
        var settings = new ConfigurationBuilder()
            .AddConfiguration(DemoSettings.Create(_crms, sessions, Inbox, _folder.Path, consolePort: 0))
            .AddInMemoryCollection([new("Delivery:TicketWait", "00:00:00"), new("Alerts:Interval", "1.00:00:00"), .. TemplateFolder()])
            .Build();
        _worker = WorkerHost.Build(SettingsReader.Read(settings), TimeProvider.System, _ => { });
        await _worker.StartAsync(cancel);

        // There so that a test fails instead of hanging; nothing measures it.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A fresh browser window: no cookies, nobody logged in.</summary>
    internal async Task<ConsoleWindow> OpenAsync(string? colours = null, bool phone = false, string language = "en-GB")
    {
        Requires.That(_browser is not null, $"chromium is not installed: {Install}");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            Locale = language,
            ColorScheme = colours == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1360, Height = 860 },
            DeviceScaleFactor = 1,
        });
        return new ConsoleWindow(context, await context.NewPageAsync());
    }

    /// <summary>A window whose user has an account of this role and is logged in.</summary>
    internal async Task<ConsoleWindow> OpenAsync(ConsoleRole role, bool seePersonal = true, string? colours = null, bool phone = false)
    {
        var window = await OpenAsync(colours, phone);
        var name = $"{role}{(seePersonal ? string.Empty : "-masked")}".ToLowerInvariant();
        await AccountAsync(name, role, seePersonal);
        await window.SignInAsync(name, Password);
        return window;
    }

    internal async Task AccountAsync(string name, ConsoleRole role, bool seePersonal)
    {
        var cancel = TestContext.Current.CancellationToken;
        var hash = await Services.GetRequiredService<Passwords>().HashAsync(Password, cancel);
        await Store.CreateAsync(new NewAccount(name, role, seePersonal, hash, MustChange: false), new AuditNote("test", null, AuditActions.AccountCreated, name), cancel);
    }

    /// <summary>Waits until a session's delivery to a connector is in this state.</summary>
    internal Task<Delivery> DeliveryAsync(long call, string connector, DeliveryState state)
    {
        var (ledger, session) = (Services.GetRequiredService<ILedger>(), SessionKey.TryParse($"{DemoSettings.Instance}/call-{call}")!);
        var seen = "nothing";
        return Eventually.FindAsync(
            $"call-{call} {state} at {connector}",
            async () =>
            {
                var delivery = (await ledger.HistoryAsync(session, TestContext.Current.CancellationToken))?.Deliveries.FirstOrDefault(one => one.Connector == connector);
                seen = $"{delivery?.State} {delivery?.Fault?.Message}";
                return delivery?.State == state ? delivery : null;
            },
            () => seen);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        if (_crms is not null)
        {
            await _crms.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static string? FindChromium() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "chromium"))
        .FirstOrDefault(File.Exists);

    // Templates are edited in these tests: a copy of the shipped ones.
    private IEnumerable<KeyValuePair<string, string?>> TemplateFolder()
    {
        var source = Repository.Combine("templates");
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.Combine("templates"), Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return [new("Notes:TemplatesFolder", _folder.Combine("templates"))];
    }
}

[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleFixture>
{
    public const string Name = "console";
}
