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

    private readonly string _path;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _reading = new(ReadersMax);
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private string? _broken;

    private SqliteStore(string path, SqliteConnection writer)
    {
        _path = path;
        _writer = writer;
    }

    /// <summary>What made the ledger unusable until a restart; null when all is well.</summary>
    public string? Broken => _broken;

    public static async Task<SqliteStore> OpenAsync(string path, CancellationToken cancel)
    {
        var writer = await SqliteConnections.OpenWriterAsync(path, cancel);
        return new SqliteStore(path, writer);
    }

    /// <summary>Runs <paramref name="work"/> alone, in a transaction that is on disk when this returns.</summary>
    public async Task<T> WriteAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            if (_broken is { } broken)
            {
                throw new LedgerException(broken);
            }

            // Takes the write lock at once: an upgrade half way could fail.
            await using var transaction = _writer.BeginTransaction(deferred: false);
            var result = await work(new LedgerTransaction(_writer, transaction, cancel));
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch (SqliteException e) when (SqliteTrouble.Explain(e, _path) is { } trouble)
        {
            // After a failed fsync nobody knows what is on disk: only a restart, which reads it again, may go on.
            _broken = trouble.NeedsRestart ? trouble.Sentence : _broken;
            throw new LedgerException(trouble.Sentence, e);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs <paramref name="work"/> on one snapshot, beside whatever is written meanwhile.</summary>
    public async Task<T> ReadAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            var reader = _readers.TryTake(out var idle) ? idle : await SqliteConnections.OpenReaderAsync(_path, cancel);
            try
            {
                await using var transaction = reader.BeginTransaction(deferred: true);
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

    /// <summary>Copies the ledger as of now into a new file, while it is in use.</summary>
    public async Task CopyToAsync(string path, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            await using var copy = new SqliteConnection(SqliteConnections.Text(path, SqliteOpenMode.ReadWriteCreate));
            await copy.OpenAsync(cancel);
            _writer.BackupDatabase(copy);
        }
        finally
        {
            _writing.Release();
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
        }

        await _writer.DisposeAsync();
        _writing.Dispose();
        _reading.Dispose();
    }
}
