using CrmSync.Core.Deliveries;
using CrmSync.Ledger.Access;

namespace CrmSync.Tests.Ledger;

/// <summary>The console's accounts, sessions and audit, on every store.</summary>
public abstract partial class LedgerContract
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private ConsoleStore Store => new((ILendsTransactions)Ledger, Clock);

    [Fact]
    public async Task The_first_account_is_made_once_and_only_while_there_is_none()
    {
        (await Store.HasAccountsAsync(Cancel)).ShouldBeFalse();

        (await Store.CreateFirstAsync(Account("ana", ConsoleRole.Admin), Note("setup"), Cancel)).ShouldBeTrue();
        (await Store.CreateFirstAsync(Account("eve", ConsoleRole.Admin), Note("setup"), Cancel)).ShouldBeFalse();

        (await Store.HasAccountsAsync(Cancel)).ShouldBeTrue();
        (await Store.ListAsync(Cancel)).Select(account => account.Name).ShouldBe(["ana"]);
        (await AuditAsync()).ShouldBe(["setup"]);
    }

    [Fact]
    public async Task Two_setups_at_once_make_one_account()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Store.CreateFirstAsync(Account($"admin{i}", ConsoleRole.Admin), Note("setup"), Cancel)));

        made.Count(done => done).ShouldBe(1);
        (await Store.ListAsync(Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_is_given_once_and_everything_about_an_account_is_read_back()
    {
        (await Store.CreateAsync(new NewAccount("otto", ConsoleRole.Operator, SeePersonal: true, "hash", MustChange: true), Note("account_created"), Cancel)).ShouldBeTrue();
        (await Store.CreateAsync(Account("otto", ConsoleRole.Viewer), Note("account_created"), Cancel)).ShouldBeFalse();

        var found = await Store.FindAsync("otto", Cancel);

        found.ShouldBe(new ConsoleAccount("otto", ConsoleRole.Operator, true, true, "hash", true, Clock.GetUtcNow(), null, 0));
        (await Store.FindAsync("nobody", Cancel)).ShouldBeNull();
        (await AuditAsync()).ShouldBe(["account_created"]);
    }

    [Fact]
    public async Task The_last_admin_who_may_log_in_stays_one()
    {
        await Store.CreateAsync(Account("ana", ConsoleRole.Admin), Note("x"), Cancel);
        await Store.CreateAsync(Account("otto", ConsoleRole.Operator), Note("x"), Cancel);

        (await Store.ChangeAsync("ana", ConsoleRole.Viewer, true, enabled: true, Note("refused"), Cancel)).ShouldBe(AccountChanged.LastAdmin);
        (await Store.ChangeAsync("ana", ConsoleRole.Admin, true, enabled: false, Note("refused"), Cancel)).ShouldBe(AccountChanged.LastAdmin);
        (await Store.ChangeAsync("otto", ConsoleRole.Admin, true, enabled: true, Note("account_changed"), Cancel)).ShouldBe(AccountChanged.Done);
        (await Store.ChangeAsync("ana", ConsoleRole.Admin, true, enabled: false, Note("account_disabled"), Cancel)).ShouldBe(AccountChanged.Done);
        (await Store.ChangeAsync("otto", ConsoleRole.Viewer, true, enabled: true, Note("refused"), Cancel)).ShouldBe(AccountChanged.LastAdmin);
        (await Store.ChangeAsync("gone", ConsoleRole.Viewer, true, enabled: true, Note("refused"), Cancel)).ShouldBe(AccountChanged.NoSuchAccount);

        (await AuditAsync()).ShouldNotContain("refused");
    }

    [Fact]
    public async Task A_session_is_found_with_the_rights_its_account_has_now()
    {
        await LoggedInAsync("ana", "s1");
        await Store.CreateAsync(Account("otto", ConsoleRole.Admin), Note("x"), Cancel);

        (await Store.SessionAsync("s1", Idle, Cancel))!.Role.ShouldBe(ConsoleRole.Admin);
        await Store.ChangeAsync("ana", ConsoleRole.Viewer, seePersonal: false, enabled: true, Note("x"), Cancel);

        var session = await Store.SessionAsync("s1", Idle, Cancel);
        session!.Role.ShouldBe(ConsoleRole.Viewer);
        session.SeePersonal.ShouldBeFalse();
        (await Store.FindAsync("ana", Cancel))!.LastLoginAt.ShouldBe(Clock.GetUtcNow());
        (await Store.FindAsync("ana", Cancel))!.Sessions.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_ends_idle_by_its_own_time_by_logout_and_with_the_account()
    {
        await LoggedInAsync("ana", "idle");
        Clock.Advance(Idle - TimeSpan.FromSeconds(1));
        (await Store.SessionAsync("idle", Idle, Cancel)).ShouldNotBeNull();
        await Store.TouchAsync("idle", Cancel);
        Clock.Advance(Idle - TimeSpan.FromSeconds(1));
        (await Store.SessionAsync("idle", Idle, Cancel)).ShouldNotBeNull();
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Store.SessionAsync("idle", Idle, Cancel)).ShouldBeNull();

        await BeginAsync("ana", "long");
        Clock.Advance(TimeSpan.FromHours(12));
        (await Store.SessionAsync("long", TimeSpan.FromDays(1), Cancel)).ShouldBeNull();

        await BeginAsync("ana", "left");
        await Store.EndSessionAsync("left", Note("sign_out"), Cancel);
        (await Store.SessionAsync("left", Idle, Cancel)).ShouldBeNull();

        await Store.CreateAsync(Account("otto", ConsoleRole.Admin), Note("x"), Cancel);
        await BeginAsync("ana", "locked");
        await Store.ChangeAsync("ana", ConsoleRole.Admin, true, enabled: false, Note("account_disabled"), Cancel);
        (await Store.SessionAsync("locked", Idle, Cancel)).ShouldBeNull();
        await Store.ChangeAsync("ana", ConsoleRole.Admin, true, enabled: true, Note("account_enabled"), Cancel);
        (await Store.SessionAsync("locked", Idle, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_password_and_a_logout_everywhere_end_every_session_of_that_account_only()
    {
        await LoggedInAsync("ana", "a1");
        await BeginAsync("ana", "a2");
        await LoggedInAsync("otto", "o1");

        (await Store.SetPasswordAsync("ana", "other", mustChange: true, Note("password_reset"), Cancel)).ShouldBe(AccountChanged.Done);

        (await Store.SessionAsync("a1", Idle, Cancel)).ShouldBeNull();
        (await Store.SessionAsync("a2", Idle, Cancel)).ShouldBeNull();
        (await Store.SessionAsync("o1", Idle, Cancel)).ShouldNotBeNull();
        (await Store.FindAsync("ana", Cancel))!.PasswordHash.ShouldBe("other");
        (await Store.FindAsync("ana", Cancel))!.MustChange.ShouldBeTrue();
        (await Store.EndSessionsAsync("otto", Note("sessions_ended"), Cancel)).ShouldBe(1);
        (await Store.SetPasswordAsync("gone", "x", false, Note("x"), Cancel)).ShouldBe(AccountChanged.NoSuchAccount);
    }

    [Fact]
    public async Task The_audit_tells_who_did_what_to_what_and_from_where_newest_first_and_by_filter()
    {
        await Store.RecordAsync(new AuditNote("ana", "203.0.113.4", "connector_paused", "zendesk", "until 10:00"), Cancel);
        Clock.Advance(TimeSpan.FromDays(1));
        await Store.RecordAsync(new AuditNote("otto", null, "pick_up", "inbox"), Cancel);
        await Ledger.CancelAsync(new DeliveryFilter(Connector: Crm), "ana", Cancel);

        var lines = await Store.ReadAuditAsync(new AuditQuery(), 10, Cancel);

        lines.Select(line => line.Action).ShouldBe(["cancel", "pick_up", "connector_paused"]);
        lines[2].ShouldBe(new AuditLine(lines[2].Id, Clock.GetUtcNow() - TimeSpan.FromDays(1), "ana", "203.0.113.4", "connector_paused", "zendesk", "until 10:00", null, null));
        lines[0].Deliveries.ShouldBe(0);
        lines[0].Filter!.ShouldContain(Crm);
        (await Store.ReadAuditAsync(new AuditQuery(Actor: "ana"), 10, Cancel)).Count.ShouldBe(2);
        (await Store.ReadAuditAsync(new AuditQuery(Action: "pick_up"), 10, Cancel)).Single().Actor.ShouldBe("otto");
        (await Store.ReadAuditAsync(new AuditQuery(Since: Clock.GetUtcNow()), 10, Cancel)).Count.ShouldBe(2);
        (await Store.ReadAuditAsync(new AuditQuery(Before: lines[1].Id), 10, Cancel)).Single().Action.ShouldBe("connector_paused");
        (await Store.ReadAuditAsync(new AuditQuery(), 1, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_changes_or_deletes_a_line_of_the_audit()
    {
        await Store.RecordAsync(Note("sign_in"), Cancel);
        var transactions = ((ILendsTransactions)Ledger).Transactions;

        foreach (var sql in (string[])["update audit set actor = 'eve'", "delete from audit"])
        {
            await Should.ThrowAsync<Exception>(() => transactions.WriteAsync(transaction => transaction.ExecuteAsync(sql), Cancel));
        }

        (await Store.ReadAuditAsync(new AuditQuery(), 10, Cancel)).Single().Actor.ShouldBe("ana");
    }

    private async Task LoggedInAsync(string name, string session)
    {
        await Store.CreateAsync(Account(name, ConsoleRole.Admin), Note("account_created"), Cancel);
        await BeginAsync(name, session);
    }

    private Task BeginAsync(string name, string session) =>
        Store.BeginSessionAsync(new NewSession(session, name, "203.0.113.4", Clock.GetUtcNow() + TimeSpan.FromHours(12)), Note("sign_in"), Cancel);

    private async Task<List<string>> AuditAsync() => [.. (await Store.ReadAuditAsync(new AuditQuery(), 100, Cancel)).Select(line => line.Action)];

    private static NewAccount Account(string name, ConsoleRole role) => new(name, role, SeePersonal: true, "hash", MustChange: false);

    private static AuditNote Note(string action) => new("ana", "203.0.113.4", action);
}
