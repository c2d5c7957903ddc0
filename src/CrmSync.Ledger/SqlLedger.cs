using System.Security.Cryptography;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;
using CrmSync.Ledger.Payloads;

namespace CrmSync.Ledger;

/// <summary>What every store answers alike, in SQL that each of them understands. What is written differs too much to be shared.</summary>
public abstract partial class SqlLedger : ILedgerReading, IConsoleReading
{
    // Without letters and digits that look alike: people read it to each other.
    private const string InstallationAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int InstallationLength = 6;

    /// <summary>A parked delivery holds its lane up no longer than this.</summary>
    private protected static readonly TimeSpan ParkedBlocks = TimeSpan.FromMinutes(15);

    public async Task<LedgerSummary> SummarizeAsync(CancellationToken cancel) => await ReadAsync(
        async transaction => new LedgerSummary(
            await transaction.FirstAsync<long>("select count(*) from session"),
            await transaction.FirstAsync<long>("select count(*) from session where not is_final"),
            await transaction.FirstAsync<long>("select count(*) from file where decision = 'quarantined'"),
            await CountsAsync(transaction),
            await PausesAsync(transaction),
            await SourcesAsync(transaction),
            (await transaction.FirstAsync<long?>("select min(due_at) from delivery where state in ('ready', 'in_doubt')")).At()),
        cancel);

    public async Task<SessionHistory?> HistoryAsync(SessionKey session, CancellationToken cancel) => await ReadAsync(
        async transaction =>
        {
            var key = new FilterSql(new DeliveryFilter(Session: session));
            if (await transaction.FirstAsync<long?>(
                "select id from session where number = @Number and kind = @Kind and instance = @Instance", key) is not { } id)
            {
                return null;
            }

            var revisions = await transaction.ListAsync<HistoryRow.Revision>(HistoryRow.Revisions, new { id });
            var deliveries = await transaction.ListAsync<DeliveryRow>($"{DeliveryRow.Select} where d.session_id = @id order by d.id", new { id });
            var attempts = await transaction.ListAsync<HistoryRow.Attempt>(HistoryRow.Attempts, new { id });
            return new SessionHistory(
                session,
                revisions.ConvertAll(row => row.ToRow()),
                deliveries.ConvertAll(row => row.ToDelivery()),
                attempts.ConvertAll(row => row.ToRow()));
        },
        cancel);

    public async Task<IReadOnlyList<SessionKey>> SearchAsync(string text, int most, CancellationToken cancel)
    {
        const string Sql =
            """
            select instance, kind, number from session
            where id in (
                select id from session where number = @number and (@kind is null or kind = @kind) and (@instance is null or instance = @instance)
                union
                select session_id from revision where out_ticket = @ticket
                union
                select session_id from delivery where ticket_id = @ticket)
            order by id desc limit @most
            """;
        var sought = SearchText.Read(text);
        var rows = await ReadAsync(
            transaction => transaction.ListAsync<SessionRow>(
                Sql, new { number = sought.Number, kind = sought.Kind, instance = sought.Instance, ticket = sought.Ticket, most }),
            cancel);
        return rows.ConvertAll(row => new SessionKey(row.Instance, Words.Kind(row.Kind), row.Number));
    }

    public async Task<IReadOnlyList<Delivery>> ListAsync(DeliveryFilter filter, int skip, int take, CancellationToken cancel)
    {
        var condition = new FilterSql(filter);
        var sql = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{DeliveryRow.Select} where d.id in (select d.id from delivery d where {condition.Where} order by d.id desc limit {take} offset {skip}) order by d.id desc");
        var rows = await ReadAsync(transaction => transaction.ListAsync<DeliveryRow>(sql, condition), cancel);
        return rows.ConvertAll(row => row.ToDelivery());
    }

    public async Task<IReadOnlyList<QuarantinedFile>> ListQuarantinedAsync(int skip, int take, CancellationToken cancel)
    {
        const string Sql =
            """
            select source, locator, size_bytes as SizeBytes, modified_at as ModifiedAt, reason, message, crm_code as CrmCode, recorded_at as RecordedAt
            from file where decision = 'quarantined'
            order by recorded_at desc, source, locator limit @take offset @skip
            """;
        var rows = await ReadAsync(transaction => transaction.ListAsync<HistoryRow.Quarantined>(Sql, new { skip, take }), cancel);
        return rows.ConvertAll(row => row.ToFile());
    }

    /// <summary>A name for a new installation, which becomes part of every delivery key.</summary>
    private protected static string NewInstallation() => RandomNumberGenerator.GetString(InstallationAlphabet, InstallationLength);

    public abstract Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadFilesAsync(IReadOnlyList<SessionRevision> revisions, CancellationToken cancel);

    private protected abstract SqlDialect Dialect { get; }

    private protected abstract SearchTokens Tokens { get; }

    /// <summary>The ledger's clock, Unix milliseconds.</summary>
    private protected abstract Task<long> NowAsync(LedgerTransaction transaction);

    /// <summary>Runs <paramref name="work"/> on one snapshot.</summary>
    private protected abstract Task<T> ReadAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel);

    /// <summary>The pauses in force.</summary>
    private protected abstract Task<List<ConnectorPause>> PausesAsync(LedgerTransaction transaction);

    internal static async Task<IReadOnlyList<StateCount>> CountsAsync(LedgerTransaction transaction)
    {
        var rows = await transaction.ListAsync<CountRow>(
            "select connector, state, count(*) as Count from delivery group by state, connector order by connector, state");
        return rows.ConvertAll(row => new StateCount(row.Connector, Words.State(row.State), row.Count));
    }

    private protected static async Task<IReadOnlyList<SourceStatus>> SourcesAsync(LedgerTransaction transaction)
    {
        var rows = await transaction.ListAsync<HistoryRow.Source>(
            "select name, noted_at as NotedAt, error, seen, recorded, quarantined, last_ok_at as LastOkAt from source order by name");
        return rows.ConvertAll(row => row.ToStatus());
    }

    private sealed class CountRow
    {
        public string Connector { get; init; } = "";

        public string State { get; init; } = "";

        public long Count { get; init; }
    }

    private sealed class SessionRow
    {
        public string Instance { get; init; } = "";

        public string Kind { get; init; } = "";

        public long Number { get; init; }
    }
}
