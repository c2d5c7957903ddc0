using System.Text.Json;
namespace CrmSync.Ledger.Access;

internal sealed partial class ConsoleStore
{
    public Task RecordAsync(AuditNote note, CancellationToken cancel) => Store.WriteAsync(transaction => RecordAsync(transaction, note), cancel);

    public async Task<IReadOnlyList<AuditLine>> ReadAuditAsync(AuditQuery query, int most, CancellationToken cancel)
    {
        // The casts tell PostgreSQL the type of a parameter that is null.
        const string Sql =
            """
            select id as Id, at as At, actor as Actor, origin as Origin, action as Action, subject as Subject, detail as Detail,
                filter as Filter, deliveries as Deliveries
            from audit
            where id < @Before
            and (cast(@Actor as text) is null or actor = @Actor)
            and (cast(@Action as text) is null or action = @Action)
            and at >= @since
            order by id desc limit @most
            """;
        var rows = await Store.ReadAsync(
            transaction => transaction.ListAsync<AuditRow>(
                Sql, new { query.Before, query.Actor, query.Action, since = query.Since.Ms() ?? 0, most }),
            cancel);
        return rows.ConvertAll(row => row.ToLine());
    }

    private Task<int> RecordAsync(LedgerTransaction transaction, AuditNote note) => transaction.ExecuteAsync(
        "insert into audit (at, actor, origin, action, subject, detail) values (@now, @Actor, @Origin, @Action, @Subject, @Detail)",
        new { now = Now, note.Actor, note.Origin, note.Action, note.Subject, note.Detail });

    private sealed class AuditRow
    {
        public long Id { get; init; }

        public long At { get; init; }

        public string Actor { get; init; } = "";

        public string? Origin { get; init; }

        public string Action { get; init; } = "";

        public string? Subject { get; init; }

        public string? Detail { get; init; }

        public string? Filter { get; init; }

        public string? Deliveries { get; init; }

        public AuditLine ToLine() => new(Id, At.At(), Actor, Origin, Action, Subject, Detail, Filter, Count(Deliveries));

        private static int? Count(string? ids) => ids is null ? null : JsonSerializer.Deserialize(ids, LedgerJson.Default.ListInt64)!.Count;
    }
}
