using System.Buffers.Binary;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Bench.EndToEnd;

/// <summary>A SQLite ledger. The worker owns the file; a connection that only reads looks on.</summary>
internal sealed class SqliteBenchLedger(string path, TimeProvider clock) : IBenchLedger
{
    // The counter of transactions in the head of the WAL index: https://sqlite.org/walformat.html#the_wal_index_header
    private const int ChangeCounterOffset = 8;

    private const string ProgressSql =
        """
        select (select count(*) from session where number >= @first) as Recorded,
               (select count(*) from delivery where state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing')) as Moving
        """;

    private const string DeliveriesSql =
        """
        select s.kind, s.number, d.state, d.reason, d.first_due_at as DueAt, d.delivered_at as DeliveredAt
        from session s join delivery d on d.session_id = s.id
        where s.number >= @first
        """;

    private SqliteConnection? _reader;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Ledger:Path"] = Scratch.LedgerName,
    };

    public async Task PrepareAsync(int known, string connector, CancellationToken cancel)
    {
        if (known == 0)
        {
            return;
        }

        // The product makes the schema, the installation and the key; only the rows are put in past it.
        await using (var ledger = new SqliteLedger(new LedgerOptions { Path = path }, clock, NullLogger<SqliteLedger>.Instance))
        {
            await ledger.OpenAsync(cancel);
        }

        await using var connection = new SqliteConnection(Text(SqliteOpenMode.ReadWrite));
        await connection.OpenAsync(cancel);
        await connection.ExecuteAsync("pragma synchronous = off; pragma cache_size = -200000; pragma foreign_keys = off");
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var statement in SqliteSeed.Statements)
        {
            await connection.ExecuteAsync(
                new CommandDefinition(statement, new { known, connector, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, transaction, commandTimeout: 0, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
        await connection.ExecuteAsync("pragma wal_checkpoint(truncate)");
    }

    public async Task<LedgerProgress> ProgressAsync(CancellationToken cancel)
    {
        var (recorded, moving) = await (await ReaderAsync(cancel)).QuerySingleAsync<(long, long)>(ProgressSql, new { first = SessionFeed.FirstNumber });
        return new LedgerProgress(recorded, moving);
    }

    public async Task<IReadOnlyList<LedgerDelivery>> DeliveriesAsync(CancellationToken cancel) =>
        (await (await ReaderAsync(cancel)).QueryAsync<LedgerDelivery>(DeliveriesSql, new { first = SessionFeed.FirstNumber })).AsList();

    public async Task<long> CommitsAsync(CancellationToken cancel)
    {
        var head = new byte[ChangeCounterOffset + sizeof(uint)];
        await using var index = new FileStream(path + "-shm", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await index.ReadExactlyAsync(head, cancel);
        var counter = head.AsMemory(ChangeCounterOffset).Span;
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(counter) : BinaryPrimitives.ReadUInt32BigEndian(counter);
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is { } reader)
        {
            await reader.DisposeAsync();
        }
    }

    private async Task<SqliteConnection> ReaderAsync(CancellationToken cancel)
    {
        if (_reader is null)
        {
            _reader = new SqliteConnection(Text(SqliteOpenMode.ReadOnly));
            await _reader.OpenAsync(cancel);
        }

        return _reader;
    }

    private string Text(SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();
}
