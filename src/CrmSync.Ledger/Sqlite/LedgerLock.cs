using System.Globalization;

namespace CrmSync.Ledger.Sqlite;

/// <summary>
/// Keeps a second process out (<c>.lock</c>), and remembers who is in and whose ledger this is (<c>.owner</c>), so that one which
/// disappears is missed and not replaced by an empty one.
/// </summary>
/// <remarks>
/// The lock is the operating system's and ends with the process, however it ends. It takes a file of its own: what is locked cannot be read
/// by those whom it keeps out.
/// </remarks>
internal sealed class LedgerLock : IDisposable
{
    private readonly string _ledger;
    private readonly FileStream _file;

    private LedgerLock(string ledger, FileStream file)
    {
        _ledger = ledger;
        _file = file;
        Installation = Owner(ledger).Installation;
    }

    /// <summary>The installation whose ledger was here at the last start; null when none was.</summary>
    public string? Installation { get; }

    public static string OwnerPath(string ledger) => ledger + ".owner";

    /// <exception cref="LedgerException">Another process holds the ledger.</exception>
    public static LedgerLock Take(string ledger)
    {
        var path = ledger + ".lock";
        try
        {
            return new LedgerLock(ledger, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(path))
        {
            var (process, machine, _) = Owner(ledger);
            var holder = process is null ? "another process" : $"process {process} on {machine}";
            throw new LedgerException($"The ledger {ledger} is in use by {holder}. Stop that one first; only one worker may use it.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LedgerException($"The file {path} may not be written. Check the rights on the ledger's folder.", e);
        }
    }

    /// <summary>Writes down who holds the ledger from now on.</summary>
    public async Task SignAsync(string? installation, CancellationToken cancel) => await File.WriteAllTextAsync(
        OwnerPath(_ledger),
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {Environment.MachineName} {installation}\n"),
        cancel);

    public void Dispose() => _file.Dispose();

    private static (string? Process, string? Machine, string? Installation) Owner(string ledger)
    {
        var path = OwnerPath(ledger);
        var words = File.Exists(path) ? File.ReadLines(path).FirstOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) : null;
        return (words?.ElementAtOrDefault(0), words?.ElementAtOrDefault(1), words?.ElementAtOrDefault(2));
    }
}
