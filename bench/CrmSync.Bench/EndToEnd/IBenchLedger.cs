namespace CrmSync.Bench.EndToEnd;

/// <summary>The worker's ledger, looked at from outside while the worker has it.</summary>
internal interface IBenchLedger : IAsyncDisposable
{
    /// <summary>Settings that make a worker use this ledger.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Makes a ledger that holds <paramref name="known"/> sessions as delivered by <paramref name="connector"/>. No worker has it open.</summary>
    Task PrepareAsync(int known, string connector, CancellationToken cancel);

    /// <summary>How far the fed sessions are.</summary>
    Task<LedgerProgress> ProgressAsync(CancellationToken cancel);

    /// <summary>One row for each delivery of a fed session.</summary>
    Task<IReadOnlyList<LedgerDelivery>> DeliveriesAsync(CancellationToken cancel);

    /// <summary>Transactions that were synced to disk since the ledger was opened.</summary>
    Task<long> CommitsAsync(CancellationToken cancel);
}

/// <param name="Recorded">Fed sessions that were picked up.</param>
/// <param name="Moving">Deliveries that have not come to rest.</param>
internal sealed record LedgerProgress(long Recorded, long Moving);

/// <summary>How a delivery of a fed session ended.</summary>
internal sealed class LedgerDelivery
{
    public string Kind { get; init; } = "";

    public long Number { get; init; }

    public string State { get; init; } = "";

    public string? Reason { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long DueAt { get; init; }

    public long? DeliveredAt { get; init; }

    public string Session => $"{Kind}-{Number}";
}
