namespace CrmSync.Ledger.Access;

/// <summary>Accounts and sessions of the console. The SQL is the same for every store.</summary>
internal sealed partial class ConsoleStore(ILendsTransactions ledger, TimeProvider clock) : IConsoleStore
{
    private const string Usable = "s.account = a.name and s.ends_at > @now";

    private const string AccountSql =
        $"""
        select a.name as Name, a.role as Role, a.see_personal as SeePersonal, a.disabled_at as DisabledAt, a.password_hash as PasswordHash,
            a.must_change as MustChange, a.created_at as CreatedAt, a.last_login_at as LastLoginAt,
            (select count(*) from console_session s where {Usable}) as Sessions
        from console_account a
        """;

    private ITransactions Store => ledger.Transactions;

    private long Now => clock.GetUtcNow().Ms();

    public async Task<bool> HasAccountsAsync(CancellationToken cancel) =>
        await Store.ReadAsync(transaction => transaction.FirstAsync<long?>("select 1 from console_account limit 1"), cancel) is not null;

    public Task<bool> CreateFirstAsync(NewAccount account, AuditNote note, CancellationToken cancel) => CreateAsync(
        account, isFirst: 1, "where not exists (select 1 from console_account)", note, cancel);

    public Task<bool> CreateAsync(NewAccount account, AuditNote note, CancellationToken cancel) => CreateAsync(
        account, isFirst: 0, "where true", note, cancel);

    public async Task<ConsoleAccount?> FindAsync(string name, CancellationToken cancel) => (await Store.ReadAsync(
        transaction => transaction.FirstAsync<AccountRow>($"{AccountSql} where a.name = @name", new { name, now = Now }), cancel))?.ToAccount();

    public async Task<IReadOnlyList<ConsoleAccount>> ListAsync(CancellationToken cancel) => (await Store.ReadAsync(
        transaction => transaction.ListAsync<AccountRow>($"{AccountSql} order by a.name", new { now = Now }), cancel)).ConvertAll(row => row.ToAccount());

    public Task<AccountChanged> ChangeAsync(
        string name, ConsoleRole role, bool seePersonal, bool enabled, AuditNote note, CancellationToken cancel) => Store.WriteAsync(
            async transaction =>
            {
                const string OtherAdmins = "select count(*) from console_account where role = 'admin' and disabled_at is null and name <> @name";
                const string Sql =
                    """
                    update console_account set role = @role, see_personal = @seePersonal,
                        disabled_at = case when @enabled = 1 then null else coalesce(disabled_at, @now) end
                    where name = @name
                    """;
                if (!(enabled && role is ConsoleRole.Admin) && await transaction.FirstAsync<long>(OtherAdmins, new { name }) == 0)
                {
                    return AccountChanged.LastAdmin;
                }

                var parameters = new { name, role = Word(role), seePersonal = Bit(seePersonal), enabled = Bit(enabled), now = Now };
                if (await transaction.ExecuteAsync(Sql, parameters) == 0)
                {
                    return AccountChanged.NoSuchAccount;
                }

                if (!enabled)
                {
                    await EndSessionsAsync(transaction, name);
                }

                await RecordAsync(transaction, note);
                return AccountChanged.Done;
            },
            cancel);

    public Task<AccountChanged> SetPasswordAsync(string name, string passwordHash, bool mustChange, AuditNote note, CancellationToken cancel) => Store.WriteAsync(
        async transaction =>
        {
            const string Sql = "update console_account set password_hash = @passwordHash, must_change = @mustChange where name = @name";
            if (await transaction.ExecuteAsync(Sql, new { name, passwordHash, mustChange = Bit(mustChange) }) == 0)
            {
                return AccountChanged.NoSuchAccount;
            }

            await EndSessionsAsync(transaction, name);
            await RecordAsync(transaction, note);
            return AccountChanged.Done;
        },
        cancel);

    public Task RehashAsync(string name, string passwordHash, CancellationToken cancel) => Store.WriteAsync(
        transaction => transaction.ExecuteAsync("update console_account set password_hash = @passwordHash where name = @name", new { name, passwordHash }),
        cancel);

    private Task<bool> CreateAsync(NewAccount account, int isFirst, string condition, AuditNote note, CancellationToken cancel) => Store.WriteAsync(
        async transaction =>
        {
            var sql =
                $"""
                insert into console_account (name, role, see_personal, password_hash, must_change, is_first, created_at)
                select @Name, @role, @seePersonal, @PasswordHash, @mustChange, @isFirst, @now {condition}
                on conflict do nothing
                """;
            var parameters = new
            {
                account.Name,
                role = Word(account.Role),
                seePersonal = Bit(account.SeePersonal),
                account.PasswordHash,
                mustChange = Bit(account.MustChange),
                isFirst,
                now = Now,
            };
            if (await transaction.ExecuteAsync(sql, parameters) == 0)
            {
                return false;
            }

            await RecordAsync(transaction, note);
            return true;
        },
        cancel);

    private static string Word(ConsoleRole role) => role.ToString().ToLowerInvariant();

    private static ConsoleRole Role(string word) => Enum.Parse<ConsoleRole>(word, ignoreCase: true);

    private static int Bit(bool value) => value ? 1 : 0;

    private sealed class AccountRow
    {
        public string Name { get; init; } = "";

        public string Role { get; init; } = "";

        public long SeePersonal { get; init; }

        public long? DisabledAt { get; init; }

        public string PasswordHash { get; init; } = "";

        public long MustChange { get; init; }

        public long CreatedAt { get; init; }

        public long? LastLoginAt { get; init; }

        public long Sessions { get; init; }

        public ConsoleAccount ToAccount() => new(
            Name, ConsoleStore.Role(Role), SeePersonal != 0, DisabledAt is null, PasswordHash, MustChange != 0, CreatedAt.At(), LastLoginAt.At(), (int)Sessions);
    }
}
