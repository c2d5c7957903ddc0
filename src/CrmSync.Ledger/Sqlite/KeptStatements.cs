using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace CrmSync.Ledger.Sqlite;

/// <summary>A connection that keeps its statements: a text is parsed and planned once, however often it is run.</summary>
/// <remarks>Not thread-safe, as no SQLite connection is. Opening and closing is left to whoever made the inner connection.</remarks>
internal sealed class KeptStatements(SqliteConnection connection) : DbConnection
{
    // The worker runs about forty texts; lists with pages come and go beside them.
    private const int KeptMax = 64;

    // Least recently used first.
    private readonly OrderedDictionary<string, SqliteCommand> _idle = new(KeptMax, StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    [AllowNull]
    public override string ConnectionString
    {
        get => connection.ConnectionString;
        set => connection.ConnectionString = value;
    }

    public override string Database => connection.Database;

    public override string DataSource => connection.DataSource;

    public override string ServerVersion => connection.ServerVersion;

    public override ConnectionState State => connection.State;

    public override void ChangeDatabase(string databaseName) => connection.ChangeDatabase(databaseName);

    public override void Close() => connection.Close();

    public override void Open() => connection.Open();

    /// <summary>The statement for a text, prepared if it ran before and nobody is running it now.</summary>
    internal SqliteCommand Take(string text) => _idle.Remove(text, out var kept) ? kept : new SqliteCommand(text, connection);

    internal void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (!_idle.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
        else if (_idle.Count > KeptMax)
        {
            _idle.GetAt(0).Value.Dispose();
            _idle.RemoveAt(0);
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => connection.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new KeptCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _idle.Values)
            {
                command.Dispose();
            }

            _idle.Clear();
        }

        base.Dispose(disposing);
    }
}
