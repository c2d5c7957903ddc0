using CrmSync.Alerts;
using CrmSync.Console.Access;
using CrmSync.Console.Hosting;
using CrmSync.Console.Views;
using CrmSync.Control;
using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sources;
using CrmSync.Jobs;
using CrmSync.Ledger.Access;
using CrmSync.Sending;
using CrmSync.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;

namespace CrmSync.Hosting;

/// <summary>The worker as a process: the flow, its clock, and the control endpoint.</summary>
internal sealed partial class WorkerHost : IAsyncDisposable
{
    /// <summary>From SIGTERM to the end; below the 30 seconds that Kubernetes grants by default.</summary>
    public static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(25);

    private readonly WebApplication _app;
    private readonly WorkerSettings _settings;
    private readonly string _token = ControlFile.NewToken();
    private readonly Doors _doors = new();

    private WorkerHost(WebApplication app, WorkerSettings settings)
    {
        _app = app;
        _settings = settings;
        if (settings.Console.Enabled)
        {
            app.UseConsole(_doors);
        }

        app.MapControl(_token);
        app.MapHealth();
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Where the console is, once started; null without one.</summary>
    public Uri? ConsoleAddress { get; private set; }

    /// <summary>Leads the first admin in, once: the console's setup page with the token in the part that browsers keep to themselves. Null when there is an account.</summary>
    public Uri? SetupLink { get; private set; }

    /// <summary>Builds the worker; nothing runs yet.</summary>
    public static WorkerHost Build(WorkerSettings settings, TimeProvider clock, Action<ILoggingBuilder> logging)
    {
        // Empty: no other settings file, no environment variable and no command line has a say in what the worker does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "crmsync", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(settings.Configuration);
        logging(builder.Logging);
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.AddServerHeader = false)
            .UseUrls(settings.Console.Enabled ? [settings.Http.Url, settings.Console.Url] : [settings.Http.Url]);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => ControlJson.Apply(json.SerializerOptions));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = true);
        builder.Services.AddSingleton(clock);
        builder.Services.AddWorker(settings);
        builder.Services.AddAlerts(settings.Alerts);
        builder.Services.AddSingleton<FileSender>();
        builder.Services.AddJobs(
            [.. settings.Sources.Select(source => PickUpSchedule.Of(source.Section.Key, source.Section))],
            [.. settings.Connectors.Select(connector => connector.Section.Key)],
            settings.Delivery,
            settings.Housekeeping,
            settings.Alerts.Interval,
            new SharedSchedule(settings.Ledger.IsPostgres ? settings.Ledger.DatabaseText : null));
        if (settings.Console.Enabled)
        {
            builder.AddConsole(settings.Console, settings.Console.KeyFolder ?? Path.Combine(settings.DataFolder, KeyFolder.Name));
            builder.Services.AddViews(settings);
        }

        return new WorkerHost(builder.Build(), settings);
    }

    /// <summary>Opens the ledger, starts the jobs and tells the command line where it listens.</summary>
    /// <exception cref="LedgerException">The ledger cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        var recovery = await Services.GetRequiredService<ILedger>().OpenAsync(cancel);
        await ListenAsync(cancel);
        List<string> addresses = [.. Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(Local)];
        ControlFile.Write(_settings.Http.ControlFile, addresses[0], _token);

        var logger = Services.GetRequiredService<ILogger<WorkerHost>>();
        Log.Started(
            logger,
            string.Join(", ", Services.GetRequiredService<IReadOnlyList<ISessionSource>>().Select(source => source.ToString())),
            string.Join(", ", Services.GetRequiredService<IReadOnlyList<IConnector>>().Select(connector => connector.Name)));
        if (recovery is not { PutInDoubt: 0, Released: 0, Parked: 0 })
        {
            Log.Recovered(logger, recovery.PutInDoubt, recovery.Released, recovery.Parked);
        }

        if (_settings.Console.Enabled)
        {
            await OpenConsoleAsync(new Uri(addresses[1]), logger, cancel);
        }
    }

    /// <summary>Until somebody stops it: a signal, or <paramref name="cancel"/>.</summary>
    public Task WaitAsync(CancellationToken cancel) => _app.WaitForShutdownAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        ControlFile.Remove(_settings.Http.ControlFile);
        await _app.DisposeAsync();
    }

    /// <summary>One line an event, with its time, for terminals and log collectors alike.</summary>
    public static void LogToConsole(ILoggingBuilder logging, IConfiguration configuration) => logging
        .AddConfiguration(configuration.GetSection("Logging"))
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = System.Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        });

    private async Task ListenAsync(CancellationToken cancel)
    {
        // Asked for first: the framework would log what a taken address throws with its stack trace, before anybody can catch it.
        List<Complaint> complaints = [.. Listening().Select(place => ListenProbe.Try(place.Key, place.Url)).OfType<Complaint>()];
        if (complaints.Count > 0)
        {
            throw new SettingsException(complaints);
        }

        try
        {
            await _app.StartAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            // Taken between the two looks.
            var (key, url) = Listening().LastOrDefault(place => e.Message.Contains(place.Url, StringComparison.OrdinalIgnoreCase), Listening().First());
            throw new SettingsException([ListenProbe.Taken(key, url)]);
        }
    }

    private IEnumerable<(string Key, string Url)> Listening() => _settings.Console.Enabled
        ? [("Http:Url", _settings.Http.Url), ("Console:Url", _settings.Console.Url)]
        : [("Http:Url", _settings.Http.Url)];

    private async Task OpenConsoleAsync(Uri address, ILogger logger, CancellationToken cancel)
    {
        _doors.ConsolePort = address.Port;
        ConsoleAddress = address;
        Log.ConsoleOpen(logger, address);
        if (!await Services.GetRequiredService<IConsoleStore>().HasAccountsAsync(cancel))
        {
            var token = Services.GetRequiredService<SetupToken>().Issue();
            var setup = new Uri(address, ConsoleHosting.SetupPath);
            SetupLink = new UriBuilder(setup) { Fragment = token }.Uri;
            Log.SetupToken(logger, setup, token);
        }
    }

    // A worker that listens on every address is reached by the command line over loopback.
    private static string Local(string address) => address
        .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//*", "//127.0.0.1", StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(900, LogLevel.Information, "Started. Sources: {Sources}. Connectors: {Connectors}. Stop with Ctrl+C")]
        public static partial void Started(ILogger logger, string sources, string connectors);

        [LoggerMessage(901, LogLevel.Warning, "The last run did not end well: {InDoubt} deliveries are in doubt and will be looked for in the CRM, {Released} go on, {Parked} were parked because workers died on them again and again")]
        public static partial void Recovered(ILogger logger, int inDoubt, int released, int parked);

        [LoggerMessage(902, LogLevel.Information, "The console is at {Address}")]
        public static partial void ConsoleOpen(ILogger logger, Uri address);

        [LoggerMessage(903, LogLevel.Warning, "Nobody has an account for the console yet. Open {Address} within 30 minutes and enter this one-time token: {Token}")]
        public static partial void SetupToken(ILogger logger, Uri address, string token);
    }
}
