using CrmSync.Ledger.Postgres;
using CrmSync.Ledger.Sqlite;

namespace CrmSync.Ledger;

/// <summary>A ledger that no worker of this machine has open, for an admin's verbs.</summary>
public static class LedgerUpkeep
{
    /// <summary>Opens it as it is: nothing is taken back from a dead worker, no schema is changed.</summary>
    /// <exception cref="LedgerException">There is none, it is in use, or it cannot be read.</exception>
    public static async Task<ILedgerUpkeep> OpenAsync(LedgerOptions options, TimeProvider clock, CancellationToken cancel) => options.IsPostgres
        ? await PostgresUpkeep.OpenAsync(options, clock, cancel)
        : await SqliteUpkeep.OpenAsync(options, clock, cancel);

    /// <summary>
    /// Puts a backup in the place of the ledger, and marks it as restored (<see cref="ILedgerUpkeep.ReconcileAsync"/>). What was there is kept
    /// beside it; answers under which name, or null when there was nothing.
    /// </summary>
    /// <exception cref="LedgerException">A worker runs, the backup is no sound ledger of this installation, or the store is restored by other means.</exception>
    public static Task<string?> RestoreAsync(LedgerOptions options, string backup, TimeProvider clock, CancellationToken cancel) => options.IsPostgres
        ? throw new LedgerException(
            "A ledger on PostgreSQL is restored with PostgreSQL's tools: stop all workers, pg_restore --clean --if-exists the dump, then run 'crmsync ledger reconcile' before the first worker starts.")
        : SqliteRestore.RunAsync(options, backup, clock, cancel);
}
