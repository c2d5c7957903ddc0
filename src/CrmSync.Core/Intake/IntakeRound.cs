using CrmSync.Core.Sources;
using Microsoft.Extensions.Logging;

namespace CrmSync.Core.Intake;

/// <summary>
/// One pick-up of one source: discover, read, parse, decide, record. What is recorded is on disk before anything else happens to
/// the file, so a stop at any point only means that a file is looked at again.
/// </summary>
public sealed partial class IntakeRound(IIntakeLedger ledger, DeliveryPlanner planner, TimeProvider clock, ILogger<IntakeRound> logger)
{
    /// <summary>Files asked about at once.</summary>
    private const int ChunkSize = 500;

    /// <summary>Bytes and files recorded in one transaction: bounds memory, and keeps the ledger's other writers waiting only briefly.</summary>
    private const int BatchBytesMax = 16 * 1024 * 1024;
    private const int BatchFilesMax = 100;

    /// <summary>Runs the pick-up. A source that cannot be listed is an answer, written down for the console; the next one may work.</summary>
    public Task<IntakeSummary> RunAsync(ISessionSource source, CancellationToken cancel) => RunAsync(source, _ => Task.CompletedTask, cancel);

    /// <summary>Runs the pick-up, and says each time when deliveries were planned: they need not wait until a large folder is read.</summary>
    public async Task<IntakeSummary> RunAsync(ISessionSource source, Func<CancellationToken, Task> planned, CancellationToken cancel)
    {
        var summary = await RunAsync(source, source.DiscoverAsync(cancel), planned, cancel);
        await ledger.NoteSourceAsync(
            source.Name,
            new SourceNote(clock.GetUtcNow(), summary.Error?.ToString(), summary.Seen, summary.Recorded, summary.Quarantined),
            cancel);
        return summary;
    }

    /// <summary>Picks up files that the source's watch named. No pick-up of the source: nothing is written down about the source itself.</summary>
    public Task<IntakeSummary> RunAsync(
        ISessionSource source, IReadOnlyList<string> locators, Func<CancellationToken, Task> planned, CancellationToken cancel) =>
        RunAsync(source, source.DiscoverAsync(locators, cancel), planned, cancel);

    private async Task<IntakeSummary> RunAsync(
        ISessionSource source, IAsyncEnumerable<SourceFile> found, Func<CancellationToken, Task> planned, CancellationToken cancel)
    {
        var pickup = new Pickup(source, ledger, planner, clock, logger);
        try
        {
            await foreach (var files in found.Chunk(ChunkSize).WithCancellation(cancel))
            {
                await TakeAsync(pickup, files, planned, cancel);
            }
        }
        catch (SourceException e)
        {
            pickup.Summary = pickup.Summary with { Error = e.Fault };
            Log.Unreachable(logger, source.Name, e.Fault.ToString());
        }

        return pickup.Summary;
    }

    private async Task TakeAsync(Pickup pickup, SourceFile[] files, Func<CancellationToken, Task> planned, CancellationToken cancel)
    {
        pickup.Summary = pickup.Summary with { Seen = pickup.Summary.Seen + files.Length };
        var known = await ledger.KnowsAsync(pickup.Source.Name, [.. files.Select(file => file.Stamp)], cancel);

        var batch = new List<IntakeFile>(BatchFilesMax);
        long bytes = 0;
        foreach (var (file, isKnown) in files.Zip(known))
        {
            if (isKnown)
            {
                // Recorded before a stop, and not yet out of the way.
                await pickup.ArchiveAsync(file, cancel);
            }
            else if (await pickup.ReadAsync(file, cancel) is { } read)
            {
                batch.Add(read);
                bytes += read.Session?.Bytes.Length ?? 0;
            }

            if (batch.Count == BatchFilesMax || bytes >= BatchBytesMax)
            {
                await RecordAsync(pickup, batch, planned, cancel);
                batch.Clear();
                bytes = 0;
            }
        }

        await RecordAsync(pickup, batch, planned, cancel);
    }

    private static async Task RecordAsync(Pickup pickup, List<IntakeFile> batch, Func<CancellationToken, Task> planned, CancellationToken cancel)
    {
        var due = pickup.Summary.Due;
        await pickup.RecordAsync(batch, cancel);
        if (pickup.Summary.Due > due)
        {
            await planned(cancel);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "Source {Source} cannot be listed: {Fault}")]
        public static partial void Unreachable(ILogger logger, string source, string fault);
    }
}
