using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;

namespace CrmSync.Tests.Ledger;

/// <summary>What every ledger must do. Each store derives one class from this and says only how it is made.</summary>
public abstract partial class LedgerContract : IAsyncLifetime
{
    protected const string Crm = "zendesk";

    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    protected static readonly Fault Trouble = new(ReasonCodes.CrmUnavailable, "The CRM is down for maintenance.", "503");
    protected static readonly TicketRef Ticket = new("ticket", "35436", "https://acme.zendesk.com/agent/tickets/35436");
    protected static readonly Receipt Receipt = new("35436", "note-1", "file-1", "https://acme.zendesk.com/agent/tickets/35436", Confirmed: false);

    private ILedger? _ledger;

    protected LedgerClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    protected ILedger Ledger => _ledger!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A ledger, not opened yet, in the one place that belongs to this test: what an earlier one wrote there is found again.</summary>
    protected abstract ILedger Create();

    protected virtual ValueTask PrepareAsync() => ValueTask.CompletedTask;

    protected abstract ValueTask CleanAsync();

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        _ledger = Create();
        await _ledger.OpenAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The worker dies with whatever it holds, and the next one opens the ledger.</summary>
    protected async Task<RecoveryReport> RestartAsync()
    {
        await StopAsync();
        _ledger = Create();
        return await _ledger.OpenAsync(Cancel);
    }

    protected async Task StopAsync()
    {
        if (_ledger is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        _ledger = null;
    }

    protected async Task<IntakeReceipt> RecordAsync(IntakeRecord record) => (await Ledger.RecordAsync([record], Cancel)).ShouldHaveSingleItem();

    /// <summary>One session with one delivery, due now.</summary>
    protected Task<IntakeReceipt> AddAsync(long id = 135, string? lane = null, long order = 0, string connector = Crm) =>
        RecordAsync(Recorded.Session(id, deliveries: [Planned(id, lane, order, connector)]));

    protected PlannedDelivery Planned(long id = 135, string? lane = null, long order = 0, string connector = Crm) =>
        Recorded.Delivery(id, connector, lane, order);

    protected Task<IReadOnlyList<Delivery>> ClaimAsync(int most = 50, string connector = Crm) => Ledger.ClaimAsync(connector, most, Lease, Cancel);

    protected async Task<Delivery> ClaimOneAsync() => (await ClaimAsync()).ShouldHaveSingleItem();

    protected async Task<bool> BeginAsync(Delivery delivery, TicketRef? ticket = null, TimeSpan settle = default) =>
        (await Ledger.BeginAsync([new AttemptStart(delivery.Id, delivery.Token, ticket ?? Ticket, settle)], Cancel)).Contains(delivery.Id);

    protected async Task<bool> SettleAsync(Delivery delivery, Verdict verdict, AttemptPhase phase = AttemptPhase.Send, string outcome = "Said") =>
        !(await Ledger.SettleAsync(
            [new Settlement(delivery.Id, delivery.Token, phase, outcome, verdict, TimeSpan.FromMilliseconds(120))], Cancel)).Contains(delivery.Id);

    protected async Task DeliverAsync(Delivery delivery, Receipt? receipt = null)
    {
        (await BeginAsync(delivery)).ShouldBeTrue();
        (await SettleAsync(delivery, new Verdict.Done(receipt ?? Receipt))).ShouldBeTrue();
    }

    protected Verdict.Again Again(TimeSpan after = default, bool inDoubt = false, bool spends = true) =>
        new(after, Trouble, inDoubt, spends);

    protected async Task<SessionHistory> HistoryAsync(long id = 135) =>
        (await Ledger.HistoryAsync(Recorded.Key(id), Cancel)).ShouldNotBeNull();

    /// <summary>The session's delivery of that revision, as it stands.</summary>
    protected async Task<Delivery> DeliveryAsync(long id = 135, int revision = 1) =>
        (await HistoryAsync(id)).Deliveries.Single(delivery => delivery.Revision == revision);

    protected async Task<DeliveryState> StateAsync(long id = 135, int revision = 1) => (await DeliveryAsync(id, revision)).State;

    /// <summary>Puts the session's delivery in doubt, due at once.</summary>
    protected async Task PutInDoubtAsync()
    {
        var delivery = await ClaimOneAsync();
        await BeginAsync(delivery);
        await SettleAsync(delivery, Again(inDoubt: true));
    }
}
