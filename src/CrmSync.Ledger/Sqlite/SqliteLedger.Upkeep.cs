namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    public Task<LedgerCheckup> CheckUpAsync(CancellationToken cancel) => Upkeep.CheckUpAsync(cancel);

    public Task BackUpAsync(string path, CancellationToken cancel) => Upkeep.BackUpAsync(path, cancel);

    public Task<int> ReconcileAsync(CancellationToken cancel) =>
        throw new LedgerException($"The ledger {_path} is in use by process {Environment.ProcessId}. Stop the worker first.");

    private SqliteUpkeep Upkeep => new(Store, held: null, _path, clock);
}
