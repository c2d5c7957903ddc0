using System.Collections.Concurrent;
using CrmSync.Ledger.Access;
using Microsoft.Data.Sqlite;

namespace CrmSync.Ledger.Sqlite;

/// <summary>The database file: one connection that owns every write and every checkpoint, and a few that only read.</summary>
/// <remarks>
/// SQLite before 3.51.3 can lose a commit when one connection checkpoints while another writes
/// (https://sqlite.org/wal.html#walresetbug). With a single writer that also checkpoints, the race cannot happen.
/// </remarks>
internal sealed class SqliteStore : ITransactions, IAsyncDisposable
{
    private const int ReadersMax = 4;

    /// <summary>Pieces of work in one transaction. More would keep the first waiting for the last.</summary>
    private const int GroupMax = 16;

    private readonly string _path;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _reading = new(ReadersMax);
    private readonly ConcurrentBag<KeptStatements> _readers = [];
    private readonly ConcurrentQueue<PendingWrite> _waiting = new();
    private readonly KeptStatements _statements;
    private string? _broken;

    private SqliteStore(string path, SqliteConnection writer)
    {
        _path = path;
        _writer = writer;
        _statements = new KeptStatements(writer);
    }

    /// <summary>What made the ledger unusable until a restart; null when all is well.</summary>
    public string? Broken => _broken;

    public static async Task<SqliteStore> OpenAsync(string path, CancellationToken cancel)
    {
        var writer = await SqliteConnections.OpenWriterAsync(path, cancel);
        return new SqliteStore(path, writer);
    }

    /// <summary>
    /// Runs <paramref name="work"/> with nobody else writing, in a transaction that is on disk when this returns. Work that waited
    /// at the same time shares the transaction, and so its one sync.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var write = new PendingWrite<T>(work, cancel);
        _waiting.Enqueue(write);

        // Whatever else is asked for in the same breath is to share the commit.
        await Task.Yield();
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            // Whoever had the writer before may have taken this along.
            if (!write.IsDone)
            {
                await CommitAsync(Next());
            }
        }
        finally
        {
            _writing.Release();
        }

        return await write.Answered;
    }

    /// <summary>Runs <paramref name="work"/> on one snapshot, beside whatever is written meanwhile.</summary>
    public async Task<T> ReadAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            var reader = _readers.TryTake(out var idle) ? idle : new KeptStatements(await SqliteConnections.OpenReaderAsync(_path, cancel));
            try
            {
                await using var transaction = reader.Connection.BeginTransaction(deferred: true);
                return await work(new LedgerTransaction(reader, transaction, cancel));
            }
            finally
            {
                _readers.Add(reader);
            }
        }
        catch (SqliteException e) when (SqliteTrouble.Explain(e, _path) is { } trouble)
        {
            throw new LedgerException(trouble.Sentence, e);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Copies the ledger as of now into <paramref name="path"/>, an empty file, while it is in use: a reader of its own keeps nobody waiting.</summary>
    public async Task CopyToAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using var reader = await SqliteConnections.OpenReaderAsync(_path, cancel);
            await using var copy = new SqliteConnection(SqliteConnections.Text(path, SqliteOpenMode.ReadWrite));
            await copy.OpenAsync(cancel);
            await Task.Run(() => reader.BackupDatabase(copy), cancel);
        }
        catch (SqliteException e) when (SqliteTrouble.Explain(e, path) is { } trouble)
        {
            throw new LedgerException(trouble.Sentence, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        for (var reader = 0; reader < ReadersMax; reader++)
        {
            await _reading.WaitAsync();
        }

        // Readers first: the last connection to close is the one that checkpoints.
        foreach (var reader in _readers)
        {
            await reader.DisposeAsync();
            await reader.Connection.DisposeAsync();
        }

        await _statements.DisposeAsync();
        await _writer.DisposeAsync();
        _writing.Dispose();
        _reading.Dispose();
    }

    private List<PendingWrite> Next()
    {
        var group = new List<PendingWrite>();
        while (group.Count < GroupMax && _waiting.TryDequeue(out var write))
        {
            group.Add(write);
        }

        return group;
    }

    // Everybody in the group is answered here, after the commit or with the reason why there was none.
    private async Task CommitAsync(List<PendingWrite> group)
    {
        try
        {
            if (_broken is { } broken)
            {
                throw new LedgerException(broken);
            }

            // Takes the write lock at once: an upgrade half way could fail.
            await using var transaction = _writer.BeginTransaction(deferred: false);
            foreach (var write in group)
            {
                await (group.Count == 1
                    ? write.RunAloneAsync(_statements, transaction, write.Cancel)
                    : write.RunBesideAsync(_statements, transaction, e => SqliteTrouble.Explain(e, _path) is not null, write.Cancel));
            }

            await transaction.CommitAsync(CancellationToken.None);
            group.ForEach(write => write.Answer());
        }
        catch (Exception e)
        {
            var reason = Explained(e);
            group.ForEach(write => write.Fail(reason));
        }
    }

    private Exception Explained(Exception e)
    {
        if (e is not SqliteException sqlite || SqliteTrouble.Explain(sqlite, _path) is not { } trouble)
        {
            return e;
        }

        // After a failed fsync nobody knows what is on disk: only a restart, which reads it again, may go on.
        _broken = trouble.NeedsRestart ? trouble.Sentence : _broken;
        return new LedgerException(trouble.Sentence, e);
    }
}
