using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmSync.Ledger.Sqlite;

/// <summary>Opens connections with every pragma that matters set, and looks that it took.</summary>
internal static class SqliteConnections
{
    // Names and the values that reading them back gives: https://sqlite.org/pragma.html
    private static readonly (string Pragma, string Value)[] Safety =
    [
        ("busy_timeout", "5000"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
    ];

    // FULL: an acknowledged commit survives a power cut; NORMAL loses hundreds of them in WAL mode.
    private static readonly (string Pragma, string Value)[] Writing = [("journal_mode", "wal"), ("synchronous", "2")];

    private static readonly (string Pragma, string Value)[] Reading = [("query_only", "1"), ("wal_autocheckpoint", "0")];

    public static async Task<SqliteConnection> OpenWriterAsync(string path, CancellationToken cancel) =>
        await OpenAsync(path, SqliteOpenMode.ReadWriteCreate, [.. Safety, .. Writing], cancel);

    public static async Task<SqliteConnection> OpenReaderAsync(string path, CancellationToken cancel) =>
        await OpenAsync(path, SqliteOpenMode.ReadOnly, [.. Safety, .. Reading], cancel);

    public static string Text(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();

    private static async Task<SqliteConnection> OpenAsync(
        string path, SqliteOpenMode mode, IEnumerable<(string Pragma, string Value)> pragmas, CancellationToken cancel)
    {
        var connection = new SqliteConnection(Text(path, mode));
        try
        {
            await connection.OpenAsync(cancel);
            foreach (var (pragma, value) in pragmas)
            {
                await SetAsync(connection, pragma, value);
            }

            KeepPlans(connection);
            return connection;
        }
        catch (SqliteException e) when (SqliteTrouble.Explain(e, path) is { } trouble)
        {
            await connection.DisposeAsync();
            throw new LedgerException(trouble.Sentence, e);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Without it a statement whose parameters might decide over a partial index is parsed and planned anew for every run
    // (https://sqlite.org/c3ref/c_dbconfig_defensive.html, SQLITE_DBCONFIG_ENABLE_QPSG).
    private static void KeepPlans(SqliteConnection connection) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _), connection.Handle);

    // A pragma that SQLite does not know or cannot follow is ignored without an error: hence the look.
    private static async Task SetAsync(SqliteConnection connection, string pragma, string value)
    {
        await connection.ExecuteAsync($"pragma {pragma} = {value}");
        var actual = Convert.ToString(await connection.ExecuteScalarAsync($"pragma {pragma}"), CultureInfo.InvariantCulture);
        if (actual != value)
        {
            throw new LedgerException($"SQLite cannot run safely here: {pragma} stays {actual} instead of {value}. Put the ledger on a local disk.");
        }
    }
}
