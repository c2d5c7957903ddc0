namespace CrmSync.Ledger;

/// <summary>What an admin does with a ledger as a whole.</summary>
public interface ILedgerUpkeep : IAsyncDisposable
{
    /// <summary>Reads all of it where the store allows that; answers what it holds and what is wrong with it.</summary>
    Task<LedgerCheckup> CheckUpAsync(CancellationToken cancel);

    /// <summary>Copies it as of now into a new file, while it is in use. The key file is not in it.</summary>
    /// <exception cref="LedgerException">The file exists already, or the store is backed up by other means.</exception>
    Task BackUpAsync(string path, CancellationToken cancel);

    /// <summary>
    /// After a restore: whatever may have been delivered since the backup is in doubt, and asked after before anything is sent. Answers how
    /// many deliveries that are.
    /// </summary>
    /// <exception cref="LedgerException">A worker uses the ledger.</exception>
    Task<int> ReconcileAsync(CancellationToken cancel);
}

/// <param name="Place">Where it is: a file, or a database and its host.</param>
/// <param name="Schema">Number of the last schema script that was applied.</param>
/// <param name="Troubles">What is wrong, one sentence each; empty when all is well.</param>
public sealed record LedgerCheckup(
    string Place,
    string Installation,
    long Schema,
    long Sessions,
    IReadOnlyList<StateCount> Counts,
    IReadOnlyList<string> Troubles);
