using System.Data.Common;
using Dapper;

namespace CrmSync.Ledger.Rows;

/// <summary>One transaction on one connection, and the ways to use it. Parameters go by name.</summary>
/// <param name="transaction">Null: whatever goes to the server in one command is a transaction of its own.</param>
internal sealed class LedgerTransaction(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
{
    /// <summary>Answers how many rows were changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    public async Task<List<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <summary>The first row, or the type's default when there is none: ask for <c>long?</c> where 0 is an answer.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    /// <summary>Several statements, of which two answer rows.</summary>
    public async Task<(List<TFirst> First, List<TSecond> Second)> ListsAsync<TFirst, TSecond>(string sql, object? parameters = null)
    {
        await using var answers = await connection.QueryMultipleAsync(Command(sql, parameters));
        return ((await answers.ReadAsync<TFirst>()).AsList(), (await answers.ReadAsync<TSecond>()).AsList());
    }

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, transaction, cancellationToken: cancel);
}
