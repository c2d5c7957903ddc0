using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using CrmSync.Hosting;
using CrmSync.Settings;

namespace CrmSync.Demo;

/// <summary>The whole product against simulators: real worker, real ledger, real HTTP and SMTP, in one process and one scratch folder.</summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Nothing moved for this long: whatever is missing will not come.</summary>
    private static readonly TimeSpan StandstillMax = TimeSpan.FromSeconds(60);

    private readonly WorkerHost _worker;
    private readonly string _scratch;
    private readonly TimeProvider _clock;

    private DemoRun(SimulatedCrms crms, DemoSessions sessions, WorkerHost worker, string scratch, TimeProvider clock)
    {
        Crms = crms;
        Sessions = sessions;
        _worker = worker;
        _scratch = scratch;
        _clock = clock;
    }

    public SimulatedCrms Crms { get; }

    public DemoSessions Sessions { get; }

    public ILedger Ledger => _worker.Services.GetRequiredService<ILedger>();

    /// <summary>Lets one person into the console; null when the demo has none.</summary>
    public Uri? SetupLink => _worker.SetupLink;

    /// <summary>Deliveries that the sessions should lead to.</summary>
    public int Expected => Sessions.Newest.Sum(session => DemoSessions.Expected(session).Count);

    /// <summary>Starts the simulators, makes the records the sessions name, and starts the worker on their folder.</summary>
    /// <param name="consolePort">Where the console listens, 0 for any free port; null for none.</param>
    public static async Task<DemoRun> StartAsync(
        string sessionsFolder, TimeSpan latency, int? consolePort, TimeProvider clock, Action<ILoggingBuilder> logging, CancellationToken cancel)
    {
        var scratch = Directory.CreateTempSubdirectory("crmsync-demo-").FullName;
        var sessions = await DemoSessions.ReadAsync(sessionsFolder, new ReaderOptions { Instance = DemoSettings.Instance }, cancel);
        var crms = await SimulatedCrms.StartAsync(new SimulatorPorts(), clock, cancel);
        foreach (var id in sessions.Newest.Select(session => session.OutTicket?.Id).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            crms.Provide(id);
        }

        crms.SetLatency(latency);
        var worker = WorkerHost.Build(SettingsReader.Read(DemoSettings.Create(crms, sessions, sessionsFolder, scratch, consolePort)), clock, logging);
        await worker.StartAsync(cancel);
        return new DemoRun(crms, sessions, worker, scratch, clock);
    }

    /// <summary>Until every expected delivery came to rest, or nothing moves any more; tells how many did.</summary>
    public async Task<int> WaitAsync(Action<int> progress, CancellationToken cancel)
    {
        var (rested, since) = (0, _clock.GetTimestamp());
        while (true)
        {
            var now = await RestedAsync(cancel);
            if (now != rested)
            {
                (rested, since) = (now, _clock.GetTimestamp());
                progress(rested);
            }

            if (rested >= Expected || _clock.GetElapsedTime(since) > StandstillMax)
            {
                return rested;
            }

            await Task.Delay(Glance, _clock, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await Crms.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
    }

    private async Task<int> RestedAsync(CancellationToken cancel) => (int)(await Ledger.SummarizeAsync(cancel)).Counts
        .Where(count => count.State is DeliveryState.Delivered or DeliveryState.Skipped or DeliveryState.Parked or DeliveryState.Failed)
        .Sum(count => count.Count);
}
