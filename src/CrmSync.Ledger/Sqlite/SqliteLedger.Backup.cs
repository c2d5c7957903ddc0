namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    private const int FindingsMax = 100;

    /// <summary>Copies the ledger as of now into <paramref name="path"/>, while it is in use. The key file is not in it.</summary>
    /// <exception cref="LedgerException">The file exists: a backup never replaces another one.</exception>
    public async Task BackupAsync(string path, CancellationToken cancel)
    {
        if (File.Exists(path))
        {
            throw new LedgerException($"{path} exists. Name a file that does not: a backup never replaces another one.");
        }

        await Store.CopyToAsync(path, cancel);
    }

    /// <summary>Reads every page; answers what is wrong, nothing when all is well. Takes a while: seconds per gigabyte.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancel)
    {
        try
        {
            var found = await Store.ReadAsync(transaction => transaction.ListAsync<string>($"pragma integrity_check({FindingsMax})"), cancel);
            return found is ["ok"] ? [] : found;
        }
        catch (LedgerException e)
        {
            return [e.Message];
        }
    }
}
