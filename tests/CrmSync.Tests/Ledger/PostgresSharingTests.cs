using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Ledger.Postgres;
using CrmSync.TestSupport.Postgres;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Ledger;

/// <summary>Several workers on one ledger. A worker whose own clock stands still says nothing: it is frozen, or dead.</summary>
public sealed class PostgresSharingTests(PostgresCluster cluster) : IAsyncLifetime
{
    private const string Crm = "zendesk";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TicketRef Ticket = new("ticket", "35436");

    private readonly LedgerClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly List<PostgresLedger> _workers = [];
    private PostgresPlace? _place;
    private RecoveryReport? _found;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _place = await PostgresPlace.MakeAsync(cluster, _clock);

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await _place!.DisposeAsync();
    }

    [Fact]
    public async Task What_one_worker_holds_the_other_does_not_get()
    {
        var (one, other) = (await JoinAsync(), await JoinAsync());
        await RecordAsync(one, 1, 2, 3, 4);

        var held = await one.ClaimAsync(Crm, 2, Lease, Cancel);
        var rest = await other.ClaimAsync(Crm, 50, Lease, Cancel);

        held.Count.ShouldBe(2);
        rest.Count.ShouldBe(2);
        held.Concat(rest).Select(d => d.Session.Id).ShouldBe([1, 2, 3, 4], ignoreOrder: true);
    }

    [Fact]
    public async Task Workers_that_claim_at_the_same_moment_never_get_two_deliveries_of_one_record_or_one_twice()
    {
        var workers = new[] { await JoinAsync(), await JoinAsync(), await JoinAsync() };
        await workers[0].RecordAsync(
            [.. Enumerable.Range(1, 120).Select(id => Recorded.Session(id, deliveries: [Recorded.Delivery(id, Crm, $"lane {id % 10}", order: id)]))],
            Cancel);
        var delivered = new List<long>();

        while (delivered.Count < 120)
        {
            var claims = await Task.WhenAll(workers.Select(worker => worker.ClaimAsync(Crm, 4, Lease, Cancel)));

            var all = claims.SelectMany(claim => claim).ToList();
            all.Select(d => d.Lane).ShouldBeUnique();
            all.ShouldNotBeEmpty();
            await Task.WhenAll(workers.Zip(claims, (worker, claim) => DeliverAsync(worker, claim)));
            delivered.AddRange(all.Select(d => d.Session.Id));
        }

        delivered.ShouldBeUnique();
        foreach (var lane in delivered.GroupBy(id => id % 10))
        {
            lane.ShouldBeInOrder();
        }
    }

    [Fact]
    public async Task Two_that_turn_out_to_go_to_one_record_are_begun_by_one_worker_only()
    {
        var (one, other) = (await JoinAsync(), await JoinAsync());
        for (var id = 1; id <= 20; id++)
        {
            await one.RecordAsync([Recorded.Session(id, deliveries: [Recorded.Delivery(id, Crm, $"spelling {id}")])], Cancel);
        }

        var (mine, theirs) = (await one.ClaimAsync(Crm, 10, Lease, Cancel), await other.ClaimAsync(Crm, 10, Lease, Cancel));
        var begun = await Task.WhenAll(
            mine.Select(d => one.BeginAsync([new AttemptStart(d.Id, d.Token, Ticket, default)], Cancel))
                .Concat(theirs.Select(d => other.BeginAsync([new AttemptStart(d.Id, d.Token, Ticket, default)], Cancel))));

        begun.SelectMany(ids => ids).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_worker_that_says_nothing_is_taken_for_dead_and_its_deliveries_go_to_the_others()
    {
        var frozen = await JoinAsync(new FakeTimeProvider());
        await RecordAsync(frozen, 1, 2);
        var claimed = await frozen.ClaimAsync(Crm, 50, Lease, Cancel);
        await BeginAsync(frozen, claimed[0]);

        _clock.Advance(WorkerLife.Life);
        var heir = await JoinAsync();

        _found.ShouldBe(new RecoveryReport(PutInDoubt: 1, Released: 1, Parked: 0));
        (await heir.ListAsync(new DeliveryFilter(), 0, 10, Cancel)).Select(d => d.State).ShouldBe([DeliveryState.Ready, DeliveryState.InDoubt]);
        (await heir.ClaimAsync(Crm, 50, Lease, Cancel)).ShouldNotBeEmpty();
        (await SettleAsync(frozen, claimed[0])).ShouldBeFalse();
        (await SettleAsync(frozen, claimed[1])).ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_that_wakes_up_may_not_send_what_it_held_but_goes_on_with_something_new()
    {
        var asleep = new FakeTimeProvider();
        var frozen = await JoinAsync(asleep);
        await RecordAsync(frozen, 1);
        var trust = frozen.Trust;
        var held = (await frozen.ClaimAsync(Crm, 50, Lease, Cancel)).ShouldHaveSingleItem();
        trust.IsOpen.ShouldBeTrue();

        // The world goes on, the process does not: its monotonic clock shows that when it wakes up.
        _clock.Advance(WorkerLife.Life);
        await JoinAsync();
        asleep.Advance(WorkerLife.Life - WorkerLife.Period);
        trust.IsOpen.ShouldBeFalse();
        (await BeginAsync(frozen, held)).ShouldBeFalse();

        frozen.Trust.IsOpen.ShouldBeTrue();
        trust.IsOpen.ShouldBeFalse();
        (await frozen.ClaimAsync(Crm, 50, Lease, Cancel)).ShouldHaveSingleItem().Token.ShouldBeGreaterThan(held.Token);
    }

    [Fact]
    public void Under_a_window_that_closed_nothing_may_be_sent()
    {
        var asleep = new FakeTimeProvider();
        var trust = new TrustWindow(asleep, TimeSpan.FromSeconds(9));

        TrustWindow.MaySend.ShouldBeTrue("no ledger is in play");
        trust.ActUnder();
        TrustWindow.MaySend.ShouldBeTrue();
        asleep.Advance(TimeSpan.FromSeconds(9));

        TrustWindow.MaySend.ShouldBeFalse();
    }

    [Fact]
    public async Task A_silence_that_nobody_used_costs_nothing()
    {
        var asleep = new FakeTimeProvider();
        var worker = await JoinAsync(asleep);
        await RecordAsync(worker, 1);
        var held = (await worker.ClaimAsync(Crm, 50, Lease, Cancel)).ShouldHaveSingleItem();
        _clock.Advance(TimeSpan.FromMinutes(1));
        asleep.Advance(TimeSpan.FromMinutes(1));

        (await BeginAsync(worker, held)).ShouldBeTrue();
        worker.Trust.IsOpen.ShouldBeTrue();
        (await SettleAsync(worker, held)).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_workers_that_record_the_same_sessions_keep_each_once()
    {
        var (one, other) = (await JoinAsync(), await JoinAsync());
        IReadOnlyList<IntakeRecord> records = [.. Enumerable.Range(1, 200).Select(id => Recorded.Session(id, deliveries: [Recorded.Delivery(id, Crm)]))];

        var receipts = await Task.WhenAll(one.RecordAsync(records, Cancel), other.RecordAsync([.. records.Reverse()], Cancel));

        receipts[0].Zip(receipts[1].Reverse()).ShouldAllBe(pair => pair.First.Conflict != pair.Second.Conflict && pair.First.Revision == 1);
        (await one.ListAsync(new DeliveryFilter(), 0, 1_000, Cancel)).Count.ShouldBe(200);
    }

    [Fact]
    public async Task A_nul_in_a_text_becomes_a_replacement_character_and_the_file_is_known_again()
    {
        var worker = await JoinAsync();
        var file = new FileStamp("a\0b.json", 10, Recorded.FileTime);
        var fault = new Fault(ReasonCodes.SourceUnreadable, "It says \0.", "c\0de");

        await worker.RecordAsync([new IntakeRecord(Recorded.Source, file, IntakeDecisionKind.Quarantined, fault, null)], Cancel);

        (await worker.KnowsAsync(Recorded.Source, [file], Cancel)).ShouldBe([true]);
        (await worker.ListQuarantinedAsync(0, 1, Cancel)).ShouldHaveSingleItem().Fault.Message.ShouldBe("It says \uFFFD.");
    }

    [Fact]
    public async Task A_finished_attempt_and_the_audit_cannot_be_changed()
    {
        var worker = await JoinAsync();
        await RecordAsync(worker, 1);
        var held = (await worker.ClaimAsync(Crm, 50, Lease, Cancel)).ShouldHaveSingleItem();
        await SettleAsync(worker, held);
        await worker.CancelAsync(new DeliveryFilter(Crm), "ana", Cancel);

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => _place!.ExecuteAsync("update attempt set outcome = 'Delivered'"))).Message.ShouldContain("never changed");
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => _place!.ExecuteAsync("update audit set actor = 'nobody'"))).Message.ShouldContain("append-only");
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => _place!.ExecuteAsync("truncate audit"))).Message.ShouldContain("append-only");
        (await _place!.QueryAsync<string>("select actor || ' ' || action || ' ' || filter || ' ' || deliveries from audit"))
            .ShouldBe("""ana cancel {"connector":"zendesk"} []""");
    }

    [Fact]
    public async Task A_command_whose_answer_got_lost_is_asked_again_and_finds_what_it_did()
    {
        await using var proxy = new CuttingProxy(new Npgsql.NpgsqlConnectionStringBuilder(_place!.ConnectionString).Port);
        var worker = await JoinAsync(port: proxy.Port);
        await RecordAsync(worker, 1, 2, 3);

        proxy.CutNextAnswer();
        var claimed = await worker.ClaimAsync(Crm, 2, Lease, Cancel);
        proxy.CutNextAnswer();
        var begun = await worker.BeginAsync([.. claimed.Select(d => new AttemptStart(d.Id, d.Token, new TicketRef("ticket", $"{d.Id}"), default))], Cancel);
        proxy.CutNextAnswer();
        var stale = await worker.SettleAsync([.. claimed.Select(Settlement)], Cancel);

        proxy.Cut.ShouldBe(3);
        claimed.Count.ShouldBe(2);
        begun.Count.ShouldBe(2);
        stale.ShouldBeEmpty();
        (await worker.ListAsync(new DeliveryFilter(State: DeliveryState.Delivered), 0, 10, Cancel)).Count.ShouldBe(2);
        (await worker.ListAsync(new DeliveryFilter(State: DeliveryState.Ready), 0, 10, Cancel)).Count.ShouldBe(1);
        (await worker.HistoryAsync(claimed[0].Session, Cancel))!.Attempts.ShouldHaveSingleItem().Outcome.ShouldBe("Said");
    }

    [Fact]
    public async Task Without_a_key_or_with_another_one_a_worker_is_told_what_to_do()
    {
        await JoinAsync();
        File.Move(_place!.KeyFile, _place.KeyFile + ".away");

        (await Should.ThrowAsync<LedgerException>(() => JoinAsync())).Message.ShouldContain($"copy it from {WorkerLife.Name}, or name it in Ledger:KeyFile");
        File.Exists(_place.KeyFile).ShouldBeFalse();

        File.Move(_place.KeyFile + ".away", _place.KeyFile);
        await JoinAsync();
    }

    [Fact]
    public async Task A_newer_schema_and_another_programs_database_are_refused()
    {
        await _place!.ExecuteAsync("insert into schema_version values (999, '999_future.sql', 0)");
        (await Should.ThrowAsync<LedgerException>(() => JoinAsync())).Message.ShouldContain("schema 999");

        await _place.ExecuteAsync("drop table schema_version");
        (await Should.ThrowAsync<LedgerException>(() => JoinAsync())).Message.ShouldContain("another program's database");
    }

    private async Task<PostgresLedger> JoinAsync(TimeProvider? clock = null, int? port = null)
    {
        var worker = _place!.Create(clock, port);
        _workers.Add(worker);
        _found = await worker.OpenAsync(Cancel);
        return worker;
    }

    private async Task RecordAsync(PostgresLedger worker, params long[] ids) => await worker.RecordAsync(
        [.. ids.Select(id => Recorded.Session(id, deliveries: [Recorded.Delivery(id, Crm, $"lane {id}")]))], Cancel);

    private static async Task<bool> BeginAsync(PostgresLedger worker, Delivery delivery) =>
        (await worker.BeginAsync([new AttemptStart(delivery.Id, delivery.Token, Ticket, default)], Cancel)).Count == 1;

    private static Settlement Settlement(Delivery delivery) =>
        new(delivery.Id, delivery.Token, AttemptPhase.Send, "Said", new Verdict.Done(new Receipt("35436", "note-1")), TimeSpan.Zero);

    private static async Task<bool> SettleAsync(PostgresLedger worker, Delivery delivery) =>
        (await worker.SettleAsync([Settlement(delivery)], Cancel)).Count == 0;

    private static async Task DeliverAsync(PostgresLedger worker, IReadOnlyList<Delivery> claim)
    {
        await worker.BeginAsync([.. claim.Select(d => new AttemptStart(d.Id, d.Token, new TicketRef("ticket", d.Lane!), default))], Cancel);
        (await worker.SettleAsync([.. claim.Select(Settlement)], Cancel)).ShouldBeEmpty();
    }
}
