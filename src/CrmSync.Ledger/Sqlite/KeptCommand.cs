using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace CrmSync.Ledger.Sqlite;

/// <summary>One run of a kept statement: takes it when the text is known, gives it back when disposed, unless it failed.</summary>
internal sealed class KeptCommand(KeptStatements owner) : DbCommand
{
    private SqliteCommand? _statement;
    private bool _failed;

    [AllowNull]
    public override string CommandText
    {
        get => Statement.CommandText;
        set => _statement = _statement is null ? owner.Take(value ?? "") : throw new InvalidOperationException("A command runs one text.");
    }

    public override int CommandTimeout
    {
        get => Statement.CommandTimeout;
        set => Statement.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => Statement.CommandType;
        set => Statement.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => owner;
        set => throw new NotSupportedException("The connection is given.");
    }

    protected override DbParameterCollection DbParameterCollection => Statement.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    private SqliteCommand Statement => _statement ?? throw new InvalidOperationException("The command has no text yet.");

    public override void Cancel()
    {
        // SQLite runs a statement on the caller's thread: there is nobody who could cancel it meanwhile.
    }

    public override void Prepare() => Ready().Prepare();

    public override int ExecuteNonQuery() => Run(statement => statement.ExecuteNonQuery());

    public override object? ExecuteScalar() => Run(statement => statement.ExecuteScalar());

    protected override DbParameter CreateDbParameter() => Statement.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(statement => statement.ExecuteReader(behavior));

    protected override void Dispose(bool disposing)
    {
        if (disposing && _statement is { } statement)
        {
            _statement = null;
            if (_failed)
            {
                statement.Dispose();
            }
            else
            {
                owner.GiveBack(statement);
            }
        }

        base.Dispose(disposing);
    }

    private T Run<T>(Func<SqliteCommand, T> run)
    {
        _failed = true;
        var result = run(Ready());
        _failed = false;
        return result;
    }

    private SqliteCommand Ready()
    {
        Statement.Transaction = (SqliteTransaction?)DbTransaction;

        // A bare name would be looked up with each of the three prefixes that SQLite knows.
        foreach (SqliteParameter parameter in Statement.Parameters)
        {
            parameter.ParameterName = parameter.ParameterName.StartsWith('@') ? parameter.ParameterName : "@" + parameter.ParameterName;
        }

        return Statement;
    }
}
