using BenchmarkDotNet.Attributes;
using CrmSync.Bench.EndToEnd;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Bench.Micro;

/// <summary>
/// Fifty deliveries claimed from a SQLite ledger and given back, each in a synced transaction, with few and with many sessions that were
/// delivered before and 2,000 that wait.
/// </summary>
[MemoryDiagnoser]
public class ClaimDeliveries
{
    private const int Waiting = 2_000;
    private const int Batch = 50;
    private const string Connector = "salesforce";

    private static readonly Fault Later = new(ReasonCodes.NoAnswer, "Given back by the benchmark.");

    private string _folder = "";
    private SqliteLedger _ledger = null!;

    [Params(1_000, 1_000_000)]
    public int Known { get; set; }

    // BenchmarkDotNet does not wait for an asynchronous set-up when it runs in this process.
    [GlobalSetup]
    public void Open() => OpenAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Close()
    {
        _ledger.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Description = "claim 50 and give them back")]
    public async Task Claim()
    {
        var claimed = await _ledger.ClaimAsync(Connector, Batch, TimeSpan.FromMinutes(5), CancellationToken.None);
        if (claimed.Count != Batch)
        {
            throw new InvalidOperationException($"{claimed.Count} deliveries were claimed instead of {Batch}.");
        }

        await _ledger.SettleAsync(
            [.. claimed.Select(delivery => new Settlement(
                delivery.Id,
                delivery.Token,
                AttemptPhase.Resolve,
                nameof(Outcome.Deferred),
                new Verdict.Again(TimeSpan.Zero, Later, InDoubt: false, SpendsAttempt: false),
                TimeSpan.Zero))],
            CancellationToken.None);
    }

    private async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("crmsync-bench-").FullName;
        var path = Path.Combine(_folder, "crmsync.db");
        await using (var seeded = new SqliteBenchLedger(path, TimeProvider.System))
        {
            await seeded.PrepareAsync(Known, Connector, CancellationToken.None);
        }

        _ledger = new SqliteLedger(new LedgerOptions { Path = path }, TimeProvider.System, NullLogger<SqliteLedger>.Instance);
        await _ledger.OpenAsync(CancellationToken.None);
        foreach (var some in Enumerable.Range(0, Waiting).Chunk(100))
        {
            await _ledger.RecordAsync([.. some.Select(Session)], CancellationToken.None);
        }
    }

    private static IntakeRecord Session(int number)
    {
        var session = SampleSessions.Sessions[number % SampleSessions.Sessions.Count];
        var key = session.Key with { Id = SessionFeed.FirstNumber + number };
        var now = TimeProvider.System.GetUtcNow();
        var planned = new PlannedDelivery(
            Connector, DeliveryKey.For("bench", key, session.Revision.SemanticSha256), "everything", $"case:{number}", number, DeliveryState.Ready, TimeSpan.Zero);
        return new IntakeRecord(
            "inbox",
            new FileStamp($"{key.Local}.json", session.Bytes.Length, now),
            IntakeDecisionKind.New,
            null,
            new NewRevision(
                key,
                Follows: 0,
                session.Bytes,
                session.Revision.ContentSha256,
                session.Revision.SemanticSha256,
                session.Revision.RelevantSha256,
                new SessionFacts(now, now, "finished", IsFinal: true, "Voice Inbound (IVR)", "en", null, "Support/Billing"),
                [planned]));
    }
}
