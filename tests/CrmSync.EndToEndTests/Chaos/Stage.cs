using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Control;
using CrmSync.Core.Deliveries;
using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Platform;
using CrmSync.TestSupport.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.EndToEndTests.Chaos;

/// <param name="Guarded">False: a control run, with the protections against second notes taken away.</param>
internal sealed record StagePlan(string Crm, string Ledger, int Seed, int Sessions, bool Guarded = true);

/// <summary>A CRM, a folder of sessions bound for it, a ledger, and the settings of the workers in between.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly WorkerFolder _folder;

    private Stage(StagePlan plan, WorkerFolder folder, TestCrm crm, TestLedger ledger, IReadOnlyList<GeneratedSession> sessions)
    {
        Plan = plan;
        _folder = folder;
        Crm = crm;
        Ledger = ledger;
        Sessions = sessions;
    }

    public StagePlan Plan { get; }

    public TestCrm Crm { get; }

    public TestLedger Ledger { get; }

    public IReadOnlyList<GeneratedSession> Sessions { get; }

    public string Folder => _folder.Path;

    public string Inbox => _folder.Inbox;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Everything is ready; the sessions' files lie in the folder unless <paramref name="drop"/> is false, and no worker runs yet.</summary>
    public static async Task<Stage> BuildAsync(StagePlan plan, bool drop = true, PostgresCluster? cluster = null)
    {
        var sessions = new SessionFileGenerator(
            new SessionFileOptions
            {
                Seed = plan.Seed,
                Count = plan.Sessions,
                ZendeskShare = plan.Crm == TestCrm.Zendesk ? 1 : 0,
                NoTicketExpectedShare = 0,
                TicketMissingShare = 0,
                ReexportShare = 0,
            },
            TimeProvider.System).Sessions().ToList();
        var folder = new WorkerFolder();
        _ = folder.Inbox;
        var crm = await TestCrm.StartAsync(plan.Crm, plan.Seed, sessions, plan.Guarded, Cancel);
        var stage = new Stage(plan, folder, crm, await TestLedger.CreateAsync(plan.Ledger, folder.Path, cluster), sessions);
        stage.WriteSettings();
        if (drop)
        {
            await stage.DropAsync(sessions);
        }

        return stage;
    }

    /// <summary>The sessions of one of several equal parts, so that there is work left for each time that something strikes.</summary>
    public IEnumerable<GeneratedSession> Part(int index, int of) => Sessions.Where((_, place) => place * of / Sessions.Count == index);

    public async Task DropAsync(IEnumerable<GeneratedSession> sessions)
    {
        foreach (var session in sessions)
        {
            await session.WriteAsync(Inbox, export: 0, Cancel);
        }
    }

    /// <summary>Starts a worker and waits until it works.</summary>
    /// <param name="number">Workers that share a ledger are numbered from 1.</param>
    public async Task<WorkerProcess> StartAsync(int number = 1)
    {
        var worker = Launch(number);
        await worker.LineAsync("Started.");
        return worker;
    }

    /// <summary>Starts a worker; it may not get far.</summary>
    public WorkerProcess Launch(int number = 1) => WorkerProcess.Start(Folder, Environment(number), ["run"]);

    /// <summary>Starts a worker below another program, or in another environment.</summary>
    public WorkerProcess Launch(string program, string[] before, IReadOnlyDictionary<string, string>? environment = null)
    {
        var settings = Environment(1);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            settings[key] = value;
        }

        return WorkerProcess.Run(program, Folder, settings, [.. before, WorkerProcess.Program, "run"]);
    }

    /// <summary>Until so many more notes were asked for, or nothing is left to do.</summary>
    public Task WritesAsync(int more, WorkerProcess worker)
    {
        var enough = Crm.Writes + more;
        return Eventually.TrueAsync($"write {enough}", () => Crm.Writes >= enough, () => worker.Story);
    }

    /// <summary>Until a note is in the CRM whose answer is not out yet: whatever strikes now strikes in the middle.</summary>
    public Task HeldAsync(WorkerProcess worker) =>
        Eventually.TrueAsync("a note whose answer is awaited", () => Crm.Host.Requests.Held > 0, () => worker.Story);

    public Dictionary<string, string> Environment(int number) => new(StringComparer.Ordinal)
    {
        ["CRMSYNC_Http__ControlFile"] = ControlPath(number),
        ["DOTNET_TieredPGO"] = "0",
    };

    public async Task<LedgerSummary> SummaryAsync(int number = 1) => await AskAsync(number, client => client.SummarizeAsync(Cancel));

    /// <summary>A person lets everything with this reason go on; answers how many there were.</summary>
    public async Task<int> RetryAsync(string reason, int number = 1) =>
        await AskAsync(number, client => client.RetryAsync(new DeliveryFilter(Reason: reason), "test", Cancel));

    /// <summary>Every delivery, as the worker's ledger has it.</summary>
    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(int number = 1) => await AskAsync(
        number,
        async client =>
        {
            const int Page = 500;
            var all = new List<Delivery>();
            while (await client.ListAsync(new DeliveryFilter(), all.Count, Page, Cancel) is { Count: > 0 } page)
            {
                all.AddRange(page);
            }

            return all;
        });

    public async Task<T> AskAsync<T>(int number, Func<WorkerClient, Task<T>> ask)
    {
        var control = ControlFile.Read(ControlPath(number)) ?? throw new InvalidOperationException($"Worker {number} does not run.");
        await using var services = new ServiceCollection().AddWorkerClient(control).BuildServiceProvider();
        return await ask(services.GetRequiredService<WorkerClient>());
    }

    /// <summary>Until nothing waits any more. What deaths parked, a person lets go on; answers how many that were.</summary>
    public async Task<int> RestAsync(WorkerProcess worker, int number = 1)
    {
        var retried = 0;
        await Eventually.FindAsync(
            "everything to be delivered",
            async () =>
            {
                var counts = (await SummaryAsync(number)).Counts;
                if (counts.Any(count => count.State is DeliveryState.Parked))
                {
                    retried += await RetryAsync("CRASH_LOOP", number);
                }

                return counts.Sum(count => count.Count) >= Plan.Sessions && counts.All(count => count.State.IsEnd()) ? "rest" : null;
            },
            () => worker.Story);
        return retried;
    }

    /// <summary>Files in, ledger, CRM: do the three agree?</summary>
    public async Task<Tally> TallyAsync(int number = 1) => Tally.Of(Sessions, await DeliveriesAsync(number), Crm.Content());

    public async ValueTask DisposeAsync()
    {
        await Crm.DisposeAsync();
        await Ledger.DisposeAsync();
        _folder.Dispose();
    }

    private string ControlPath(int number) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"control-{number}.json"));

    private void WriteSettings()
    {
        var settings = WorkerFolder.MailSettings();
        settings["Routes"]![0]!["Connectors"]![0] = Crm.Name;
        settings["Connectors"] = new JsonObject { [Crm.Name] = Crm.Connector() };
        settings[nameof(Ledger)] = Ledger.Settings();
        settings["Logging"] = JsonNode.Parse("""{ "LogLevel": { "Default": "Information", "Microsoft": "Warning", "System.Net.Http": "Warning", "Quartz": "Warning" } }""");
        settings["Console"] = new JsonObject { ["Enabled"] = false };
        settings["Delivery"] = new JsonObject { ["Interval"] = "00:00:02" };
        _folder.Write(settings);
    }
}
