namespace CrmSync.Ledger.Access;

internal sealed partial class ConsoleStore
{
    public Task BeginSessionAsync(NewSession session, AuditNote note, CancellationToken cancel) => Store.WriteAsync(
        async transaction =>
        {
            const string Sql =
                """
                insert into console_session (id_sha256, account, origin, begun_at, seen_at, ends_at)
                values (@IdSha256, @Account, @Origin, @now, @now, @endsAt)
                """;
            var now = Now;
            await transaction.ExecuteAsync("delete from console_session where ends_at <= @now", new { now });
            await transaction.ExecuteAsync(Sql, new { session.IdSha256, session.Account, session.Origin, now, endsAt = session.EndsAt.Ms() });
            await transaction.ExecuteAsync("update console_account set last_login_at = @now where name = @Account", new { session.Account, now });
            return await RecordAsync(transaction, note);
        },
        cancel);

    public async Task<ConsoleSession?> SessionAsync(string idSha256, TimeSpan idle, CancellationToken cancel)
    {
        const string Sql =
            """
            select s.account as Account, a.role as Role, a.see_personal as SeePersonal, a.must_change as MustChange, s.seen_at as SeenAt, s.ends_at as EndsAt
            from console_session s join console_account a on a.name = s.account
            where s.id_sha256 = @idSha256 and a.disabled_at is null and s.ends_at > @now and s.seen_at > @idleSince
            """;
        var now = Now;
        return (await Store.ReadAsync(
            transaction => transaction.FirstAsync<SessionRow>(Sql, new { idSha256, now, idleSince = now - idle.Ms() }), cancel))?.ToSession();
    }

    public Task TouchAsync(string idSha256, CancellationToken cancel) => Store.WriteAsync(
        transaction => transaction.ExecuteAsync("update console_session set seen_at = @now where id_sha256 = @idSha256", new { idSha256, now = Now }), cancel);

    public Task EndSessionAsync(string idSha256, AuditNote note, CancellationToken cancel) => Store.WriteAsync(
        async transaction =>
        {
            var ended = await transaction.ExecuteAsync("delete from console_session where id_sha256 = @idSha256", new { idSha256 });
            return ended == 0 ? 0 : await RecordAsync(transaction, note);
        },
        cancel);

    public Task<int> EndSessionsAsync(string name, AuditNote note, CancellationToken cancel) => Store.WriteAsync(
        async transaction =>
        {
            var ended = await EndSessionsAsync(transaction, name);
            await RecordAsync(transaction, note);
            return ended;
        },
        cancel);

    private static Task<int> EndSessionsAsync(LedgerTransaction transaction, string name) =>
        transaction.ExecuteAsync("delete from console_session where account = @name", new { name });

    private sealed class SessionRow
    {
        public string Account { get; init; } = "";

        public string Role { get; init; } = "";

        public long SeePersonal { get; init; }

        public long MustChange { get; init; }

        public long SeenAt { get; init; }

        public long EndsAt { get; init; }

        public ConsoleSession ToSession() => new(Account, ConsoleStore.Role(Role), SeePersonal != 0, MustChange != 0, SeenAt.At(), EndsAt.At());
    }
}
