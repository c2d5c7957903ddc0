using System.Globalization;
using CrmSync.Ledger.Payloads;

namespace CrmSync.Ledger.Sqlite;

/// <summary>Puts a backup in the ledger's place. A crash on the way never leaves half a ledger: between the two moves there is none, and a start says so.</summary>
internal static class SqliteRestore
{
    // The database first: without it the other two are nothing.
    private static readonly string[] Parts = ["", "-wal", "-shm"];

    public static async Task<string?> RunAsync(LedgerOptions options, string backup, TimeProvider clock, CancellationToken cancel)
    {
        var path = options.FullPath;
        if (!File.Exists(backup))
        {
            throw new LedgerException($"There is no backup {backup}.");
        }

        LedgerFolder.Prepare(path);
        using var held = LedgerLock.Take(path);
        var draft = $"{path}.restoring";
        Remove(draft);
        File.Copy(backup, draft);
        await PrepareAsync(draft, backup, held.Installation, options, clock, cancel);
        var kept = SetAside(path, clock);
        File.Move(draft, path);
        return kept;
    }

    // All that can fail is done with the draft: migrated, checked, marked as restored, and closed, so that the one file holds it all.
    private static async Task PrepareAsync(string draft, string backup, string? installation, LedgerOptions options, TimeProvider clock, CancellationToken cancel)
    {
        await using var upkeep = new SqliteUpkeep(await SqliteStore.OpenAsync(draft, cancel), held: null, draft, clock);
        var found = await upkeep.CheckUpAsync(cancel);
        if (found.Troubles is [var first, ..])
        {
            throw new LedgerException($"The backup {backup} is damaged: {first} Take another one.");
        }

        if (installation is not null && found.Installation != installation)
        {
            throw new LedgerException(
                $"The backup {backup} is of installation {found.Installation}, the ledger here of {installation}. To change over, delete {LedgerLock.OwnerPath(options.FullPath)}.");
        }

        await upkeep.MigrateAsync(cancel);
        await upkeep.DemandKeyAsync(await PayloadKey.OpenAsync(options.FullKeyFile, mayCreate: false, cancel), options.FullKeyFile, cancel);
        await upkeep.ReconcileAsync(cancel);
    }

    private static string? SetAside(string path, TimeProvider clock)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var kept = string.Create(CultureInfo.InvariantCulture, $"{path}.replaced-{clock.GetUtcNow():yyyyMMdd-HHmmss}");
        foreach (var part in Parts.Where(part => File.Exists(path + part)))
        {
            File.Move(path + part, kept + part);
        }

        return kept;
    }

    private static void Remove(string draft)
    {
        foreach (var part in Parts)
        {
            File.Delete(draft + part);
        }
    }
}
