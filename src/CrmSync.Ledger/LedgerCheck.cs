using CrmSync.Ledger.Postgres;
using CrmSync.Ledger.Sqlite;

namespace CrmSync.Ledger;

/// <summary>Whether the ledger that the settings name would work; for <c>crmsync check</c>. Changes nothing.</summary>
public static class LedgerCheck
{
    public static Task<IReadOnlyList<CheckFinding>> RunAsync(LedgerOptions options, TimeProvider clock, CancellationToken cancel) =>
        options.IsPostgres ? PostgresCheck.RunAsync(options, clock, cancel) : Task.FromResult(File(options));

    private static IReadOnlyList<CheckFinding> File(LedgerOptions options)
    {
        try
        {
            LedgerFolder.Prepare(options.FullPath);
            var folder = Path.GetDirectoryName(options.FullPath)!;
            System.IO.File.Create(Path.Combine(folder, ".crmsync-check"), 1, FileOptions.DeleteOnClose).Dispose();
            var (free, low) = LedgerFolder.Room(options.FullPath);
            return
            [
                new CheckFinding(CheckLevel.Ok, "Folder", $"{folder} can be written."),
                low
                    ? new CheckFinding(CheckLevel.Warning, "Room", $"{free >> 20} MB are left on its disk.", "Make room before it is full; the ledger stops at a full disk.")
                    : new CheckFinding(CheckLevel.Ok, "Room", $"{free >> 20} MB are left on its disk."),
            ];
        }
        catch (LedgerException e)
        {
            return [new CheckFinding(CheckLevel.Problem, "Folder", e.Message)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new CheckFinding(CheckLevel.Problem, "Folder", $"{options.FullPath} cannot be written: {e.Message}", "Give CrmSync's user the right to, or set Ledger:Path to another folder.")];
        }
    }
}
