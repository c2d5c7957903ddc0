using Microsoft.Data.Sqlite;

namespace CrmSync.Ledger.Sqlite;

/// <summary>SQLite's result codes that an admin can do something about. Codes: https://sqlite.org/rescode.html</summary>
/// <param name="NeedsRestart">What is on disk is not certain any more; nothing may be acknowledged until it was read again.</param>
internal sealed record SqliteTrouble(string Sentence, bool NeedsRestart)
{
    /// <summary>Null for codes that only a mistake of ours can cause.</summary>
    public static SqliteTrouble? Explain(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        13 => new($"The disk that holds the ledger {path} is full. Make room; CrmSync goes on by itself.", NeedsRestart: false),
        10 => new($"The disk that holds the ledger {path} fails to read or write. Check the disk, then restart.", NeedsRestart: true),
        11 => new($"The ledger {path} is damaged. Stop the worker and bring back a backup.", NeedsRestart: true),
        26 => new($"The file {path} is not a ledger, or its beginning is damaged. Bring back a backup, or name another path.", NeedsRestart: true),
        8 or 3 or 23 => new($"The ledger {path} may not be written. Check the rights on the file and its folder.", NeedsRestart: false),
        14 => new($"The ledger {path} cannot be opened. Check that its folder exists and may be written.", NeedsRestart: false),
        5 or 6 => new($"Another program holds the ledger {path} locked. Close it; only the worker may open the file.", NeedsRestart: false),
        _ => null,
    };
}
