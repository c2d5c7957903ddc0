using System.Globalization;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Sources;
using CrmSync.Hosting;
using CrmSync.Settings;
using CrmSync.Simulators.Platform;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;
using CrmSync.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.EndToEndTests.Support;

/// <summary>
/// The whole worker but for its schedule, against a simulated Zendesk, in virtual time: where the worker would wait for the next delivery to
/// fall due, both clocks are set forward to that moment.
/// </summary>
internal sealed class ZendeskWorkerStage : IAsyncDisposable
{
    private const int RoundsMax = 2_000;
    private const string Instance = "northgate";

    private readonly TemporaryFolder _folder = new();
    private readonly VirtualClock _clock;
    private readonly ZendeskSimulator _zendesk;
    private readonly (string Key, string Value)[] _options;
    private readonly string? _postgres;
    private readonly List<WorkerHost> _colleagues = [];
    private WorkerHost? _worker;

    private ZendeskWorkerStage(
        VirtualClock clock, ZendeskSimulator zendesk, SimulatorHost host, IReadOnlyList<GeneratedSession> sessions, string? postgres, (string Key, string Value)[] options)
    {
        (_clock, _zendesk, Host, Sessions, _postgres, _options) = (clock, zendesk, host, sessions, postgres, options);
    }

    public SimulatorHost Host { get; }

    public ZendeskDesk Desk => _zendesk.Desk;

    public IReadOnlyList<GeneratedSession> Sessions { get; }

    /// <summary>Rounds that found something to do.</summary>
    public int Rounds { get; private set; }

    /// <summary>Workers that died between sending and writing down what came of it.</summary>
    public int Deaths { get; private set; }

    public ILedger Ledger => Service<ILedger>();

    public int CallsPerThousand => (int)Math.Ceiling(Host.Requests.Calls * 1_000d / Sessions.Count);

    /// <param name="options">Settings of the connector that differ from a worker's that waits for nothing.</param>
    public static Task<ZendeskWorkerStage> BuildAsync(int seed, int sessions, int perTicket, params (string Key, string Value)[] options) =>
        BuildAsync(postgres: null, seed, sessions, perTicket, options);

    /// <param name="postgres">A database for the ledger, which several workers may share; null for a file of its own.</param>
    public static async Task<ZendeskWorkerStage> BuildAsync(
        string? postgres, int seed, int sessions, int perTicket, params (string Key, string Value)[] options)
    {
        var cancel = TestContext.Current.CancellationToken;
        var clock = new VirtualClock();
        var made = new SessionFileGenerator(
            new SessionFileOptions
            {
                Seed = seed,
                Count = sessions,
                Instance = Instance,
                SessionsPerTicket = perTicket,
                ZendeskShare = 1,
                NoTicketExpectedShare = 0,
                TicketMissingShare = 0,
                ReexportShare = 0,
            },
            clock).Sessions().ToList();
        var tickets = made.Select(session => long.Parse(session.TicketId!, CultureInfo.InvariantCulture)).Distinct();
        var zendesk = new ZendeskSimulator(new ZendeskSettings { Tickets = [.. tickets], RefusalsSpendUploads = true }, clock);
        var host = await SimulatorHost.StartAsync(zendesk, new SimulatorOptions { Seed = seed, Clock = clock }, cancel);
        var stage = new ZendeskWorkerStage(clock, zendesk, host, made, postgres, options);

        foreach (var session in made)
        {
            await session.WriteAsync(stage._folder.Path, export: 0, cancel);
        }

        await stage.StartWorkerAsync(cancel);
        await stage.PickUpAsync();
        return stage;
    }

    /// <summary>Puts a file into the folder, or a later version in its place.</summary>
    public void Write(string name, string json) => File.WriteAllText(_folder.Combine(name), json);

    /// <summary>One look at the folder.</summary>
    public Task PickUpAsync() =>
        Service<IntakeRound>().RunAsync(Service<IReadOnlyList<ISessionSource>>().Single(), TestContext.Current.CancellationToken);

    /// <summary>Until nothing is left to do by itself.</summary>
    /// <param name="disguise">What stands between the worker and the connector.</param>
    public async Task RunAsync(Func<IConnector, IConnector> disguise)
    {
        var cancel = TestContext.Current.CancellationToken;

        while (true)
        {
            var connector = disguise(Service<IReadOnlyList<IConnector>>().Single());
            var round = Service<DeliveryRound>().RunAsync(connector, cancel);
            if (connector is DeadlyConnector { Death: var death } && await Task.WhenAny(round, death) == death)
            {
                Deaths++;
                await StartWorkerAsync(cancel);
                continue;
            }

            await round;
            if (await Ledger.NextDueAsync(connector.Name, cancel) is not { } due)
            {
                return;
            }

            (++Rounds).ShouldBeLessThan(RoundsMax, "Deliveries are left that never end.");
            _clock.AdvanceTo(due);
        }
    }

    /// <summary>With as many workers more on the same ledger, all at once, until every session is delivered. No time is skipped.</summary>
    public async Task RunTogetherAsync(int colleagues)
    {
        var cancel = TestContext.Current.CancellationToken;

        for (var i = 0; i < colleagues; i++)
        {
            var colleague = WorkerHost.Build(SettingsReader.Read(Settings()), _clock, _ => { });
            _colleagues.Add(colleague);
            await colleague.Services.GetRequiredService<ILedger>().OpenAsync(cancel);
        }

        await Task.WhenAll(_colleagues.Append(_worker!).Select(worker => Task.Run(() => WorkAsync(worker, cancel), cancel)));
    }

    private async Task WorkAsync(WorkerHost worker, CancellationToken cancel)
    {
        var (round, connector) = (worker.Services.GetRequiredService<DeliveryRound>(), worker.Services.GetRequiredService<IReadOnlyList<IConnector>>().Single());

        while ((await StatesAsync()).GetValueOrDefault(DeliveryState.Delivered) < Sessions.Count)
        {
            await round.RunAsync(connector, cancel);
        }
    }

    /// <summary>The sessions on each ticket, in the order of their notes.</summary>
    public IEnumerable<IReadOnlyList<string>> SessionsByTicket() => Desk.Touched().Select(ticket => ticket.Comments
        .SelectMany(comment => comment.Attachments)
        .Select(file => file.FileName[..file.FileName.LastIndexOf('-')])
        .ToList());

    /// <summary>Notes on all tickets by the session their file is about, with that file.</summary>
    public ILookup<string, byte[]> NotesBySession() =>
        (from ticket in Desk.Touched()
         from comment in ticket.Comments
         from file in comment.Attachments
         select (Session: file.FileName[..file.FileName.LastIndexOf('-')], file.Content))
        .ToLookup(note => note.Session, note => note.Content, StringComparer.Ordinal);

    /// <summary>How many deliveries stand in each state.</summary>
    public async Task<IReadOnlyDictionary<DeliveryState, long>> StatesAsync() =>
        (await Ledger.SummarizeAsync(TestContext.Current.CancellationToken)).Counts.ToDictionary(count => count.State, count => count.Count);

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _colleagues.Append(_worker).OfType<WorkerHost>())
        {
            await worker.DisposeAsync();
        }

        await Host.DisposeAsync();
        _folder.Dispose();
    }

    private T Service<T>()
        where T : notnull => _worker!.Services.GetRequiredService<T>();

    private async Task StartWorkerAsync(CancellationToken cancel)
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        _worker = WorkerHost.Build(SettingsReader.Read(Settings()), _clock, _ => { });
        await Ledger.OpenAsync(cancel);
    }

    // Made anew for each worker: a host writes its address into what it is given.
    private IConfiguration Settings() => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Sources:inbox:Kind"] = "Folder",
            ["Sources:inbox:Path"] = _folder.Path,
            ["Sources:inbox:Instance"] = Instance,
            ["Sources:inbox:SettleAfter"] = "00:00:00",
            ["Sources:inbox:StableFor"] = "00:00:00",
            ["Routes:0:Name"] = "everything",
            ["Routes:0:Connectors:0"] = "zendesk",
            ["Connectors:zendesk:Kind"] = "Zendesk",
            ["Connectors:zendesk:Url"] = Host.Address.ToString(),
            ["Connectors:zendesk:Hosts:0"] = "northgate.zendesk.example",
            ["Connectors:zendesk:ClientId"] = "crmsync",
            ["Connectors:zendesk:ClientSecret"] = "sim-secret",
            ["Connectors:zendesk:JobPoll"] = "00:00:00.001",
            ["Connectors:zendesk:JobWait"] = "00:00:00.250",
            ["Connectors:zendesk:QuotaShare"] = "1",
            ["Ledger:Type"] = _postgres is null ? "Sqlite" : "Postgres",
            [_postgres is null ? "Ledger:Path" : "Ledger:ConnectionString"] = _postgres ?? _folder.Combine("ledger", "crmsync.db"),
            ["Ledger:KeyFile"] = _folder.Combine("ledger", "crmsync.key"),
            ["Http:ControlFile"] = _folder.Combine("ledger", "control.json"),
        })
        .AddInMemoryCollection(_options.Select(option => KeyValuePair.Create<string, string?>($"Connectors:zendesk:{option.Key}", option.Value)))
        .Build();
}
