using CrmSync.Ledger.Access;
using Npgsql;

namespace CrmSync.Ledger.Postgres;

/// <summary>The database as several workers share it, perhaps through a pooler.</summary>
/// <remarks>
/// What belongs together goes to the server in one command, which PostgreSQL runs as one transaction: a worker that is frozen or cut off half
/// way holds no lock. Nothing lives in the session (no prepared statement, no setting, no LISTEN), so that the next command may run on another
/// connection, as pgbouncer's transaction pooling has it.
/// </remarks>
internal sealed class PostgresStore(NpgsqlDataSource source, TimeProvider clock) : ITransactions, IAsyncDisposable
{
    /// <summary>A database that restarts or changes over is waited for this long; then the caller is told.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(2);

    /// <summary>Database and host, for messages.</summary>
    public string Name
    {
        get
        {
            var text = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            return $"{text.Database} on {text.Host}:{text.Port}";
        }
    }

    /// <summary>For a person at the command line, who wants to know soon whether the database answers.</summary>
    public static PostgresStore ForVerb(LedgerOptions options, TimeProvider clock) =>
        new(NpgsqlDataSource.Create(options.DatabaseText), clock) { Patience = TimeSpan.FromSeconds(1) };

    /// <summary>Runs <paramref name="work"/>, one command, and again when the connection broke or another transaction came across.</summary>
    /// <param name="work">
    /// Is told whether it ran before: a connection that breaks during the commit leaves open what became of it, so the command must find out.
    /// </param>
    public async Task<T> SendAsync<T>(Func<LedgerTransaction, bool, Task<T>> work, CancellationToken cancel)
    {
        var (since, delay, again) = (clock.GetTimestamp(), FirstDelay, false);
        while (true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                return await work(new LedgerTransaction(connection, transaction: null, cancel), again);
            }
            catch (NpgsqlException e) when (PostgresTrouble.Passes(e) && clock.GetElapsedTime(since) < Patience)
            {
                again = true;
                await Task.Delay(delay, clock, cancel);
                delay = delay * 2 < DelayMax ? delay * 2 : DelayMax;
            }
            catch (NpgsqlException e) when (PostgresTrouble.Explain(e, Name) is { } sentence)
            {
                throw new LedgerException(sentence, e);
            }
        }
    }

    /// <summary>Runs <paramref name="work"/>, one command, once: who asks wants to know how the database is now.</summary>
    public async Task<T> AskAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            return await work(new LedgerTransaction(connection, transaction: null, cancel));
        }
        catch (NpgsqlException e) when (PostgresTrouble.Explain(e, Name) is { } sentence)
        {
            throw new LedgerException(sentence, e);
        }
    }

    public Task<T> SendAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel) => SendAsync((command, _) => work(command), cancel);

    /// <summary>Runs <paramref name="work"/> on one snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel) =>
        await TransactAsync(System.Data.IsolationLevel.RepeatableRead, work, cancel);

    /// <summary>Runs <paramref name="work"/> in a transaction of several commands: for what is done once, at the start, and for what people do in the console.</summary>
    public async Task<T> ChangeAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel) =>
        await TransactAsync(System.Data.IsolationLevel.ReadCommitted, work, cancel);

    Task<T> ITransactions.WriteAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel) => ChangeAsync(work, cancel);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<T> TransactAsync<T>(System.Data.IsolationLevel isolation, Func<LedgerTransaction, Task<T>> work, CancellationToken cancel) =>
        await SendAsync(
            async (_, _) =>
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                await using var transaction = await connection.BeginTransactionAsync(isolation, cancel);
                var result = await work(new LedgerTransaction(connection, transaction, cancel));
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            },
            cancel);
}
