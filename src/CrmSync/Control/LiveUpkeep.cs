using CrmSync.Core.Deliveries;
using CrmSync.Ledger;

namespace CrmSync.Control;

/// <summary>The ledger that a running worker has open: the worker looks after it, on request.</summary>
internal sealed class LiveUpkeep(WorkerClient worker) : ILedgerUpkeep
{
    public Task<LedgerCheckup> CheckUpAsync(CancellationToken cancel) => worker.CheckUpAsync(cancel);

    public Task BackUpAsync(string path, CancellationToken cancel) => worker.BackUpAsync(path, cancel);

    public Task<int> ReconcileAsync(CancellationToken cancel) => throw new LedgerException("The worker is running. Stop it first.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
