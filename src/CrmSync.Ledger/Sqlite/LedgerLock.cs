using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CrmSync.Ledger.Sqlite;

/// <summary>
/// The file beside the ledger that keeps a second process out. It also remembers that a ledger was made here, so that one which
/// disappears is missed and not replaced by an empty one.
/// </summary>
/// <remarks>The lock is the operating system's and ends with the process, however it ends. The content is for people and for the check above.</remarks>
internal sealed class LedgerLock : IDisposable
{
    private readonly FileStream _file;

    private LedgerLock(FileStream file, string? installation)
    {
        _file = file;
        Installation = installation;
    }

    /// <summary>The installation whose ledger was here at the last start; null when none was.</summary>
    public string? Installation { get; }

    public static string PathFor(string ledger) => ledger + ".lock";

    /// <exception cref="LedgerException">Another process holds the ledger.</exception>
    public static LedgerLock Take(string ledger)
    {
        var path = PathFor(ledger);
        try
        {
            // Windows would keep the second process from reading who holds it, if nothing may be shared.
            var share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
            return new LedgerLock(file, Read(file.SafeFileHandle).Installation);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new LedgerException($"The ledger {ledger} is in use by {Holder(path)}. Stop that one first; two workers need the PostgreSQL ledger.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LedgerException($"The file {path} may not be written. Check the rights on the ledger's folder.", e);
        }
    }

    /// <summary>Writes who holds the ledger, and whose it is.</summary>
    public void Sign(string? installation)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {Environment.MachineName} {installation}\n");
        _file.Position = 0;
        _file.SetLength(0);
        _file.Write(Encoding.UTF8.GetBytes(text));
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();

    private static string Holder(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var (process, machine, _) = Read(file);
            return process is null ? "another process" : $"process {process} on {machine}";
        }
        catch (IOException)
        {
            return "another process";
        }
    }

    private static (string? Process, string? Machine, string? Installation) Read(SafeFileHandle file)
    {
        var content = new byte[256];
        var words = Encoding.UTF8.GetString(content, 0, RandomAccess.Read(file, content, fileOffset: 0))
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return (words.ElementAtOrDefault(0), words.ElementAtOrDefault(1), words.ElementAtOrDefault(2));
    }
}
