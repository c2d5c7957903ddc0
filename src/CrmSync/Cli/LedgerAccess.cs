using CrmSync.Alerts;
using CrmSync.Control;
using CrmSync.Core.Deliveries;
using CrmSync.Ledger;
using CrmSync.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Cli;

/// <summary>The running worker's ledger, over its control API; or the ledger itself when no worker runs here.</summary>
internal sealed class LedgerAccess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LedgerAccess(ServiceProvider services, ILedgerReading reading, ILedgerActions actions, bool isLive)
    {
        _services = services;
        Reading = reading;
        Actions = actions;
        IsLive = isLive;
    }

    public ILedgerReading Reading { get; }

    public ILedgerActions Actions { get; }

    /// <summary>A worker is running, and answers.</summary>
    public bool IsLive { get; }

    /// <summary>The running worker's alerts; none when no worker runs, for nobody looks then.</summary>
    public async Task<IReadOnlyList<Alert>> AlertsAsync(CancellationToken cancel) => Reading is WorkerClient worker ? await worker.AlertsAsync(cancel) : [];

    /// <exception cref="SettingsException">The settings of the ledger or of the control API are wrong.</exception>
    /// <exception cref="LedgerException">There is no ledger, or it is in use by a worker that does not answer here.</exception>
    public static async Task<LedgerAccess> OpenAsync(IConfiguration configuration, TimeProvider clock, CancellationToken cancel)
    {
        var http = WorkerSettings.BindOrThrow<HttpOptions>(configuration, HttpOptions.Section);
        var services = new ServiceCollection().AddSingleton(clock).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        if (ControlFile.Read(http.ControlFile) is { } control)
        {
            var live = services.AddWorkerClient(control).BuildServiceProvider();
            var client = live.GetRequiredService<WorkerClient>();
            return new LedgerAccess(live, client, client, isLive: true);
        }

        var (options, complaints) = LedgerOptions.Read(configuration);
        if (complaints.Count > 0)
        {
            throw new SettingsException(complaints);
        }

        if (!options.IsPostgres && !File.Exists(options.Path))
        {
            throw new LedgerException($"There is no ledger at {Path.GetFullPath(options.Path)} yet: start the worker with 'crmsync run'.");
        }

        if (options.IsPostgres)
        {
            await using var upkeep = await LedgerUpkeep.OpenAsync(options, clock, cancel);
        }

        var provider = services.AddLedger(configuration).BuildServiceProvider();
        var ledger = provider.GetRequiredService<ILedger>();
        await ledger.OpenAsync(cancel);
        return new LedgerAccess(provider, ledger, ledger, isLive: false);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
