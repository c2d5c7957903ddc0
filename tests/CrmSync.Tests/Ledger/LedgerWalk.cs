using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Ledger;

/// <summary>A worker's life in random steps, and what must be true after each of them.</summary>
internal sealed class LedgerWalk(Func<ILedger> create, LedgerClock clock, CancellationToken cancel)
{
    private const string Crm = "zendesk";
    private const int Lanes = 4;

    private static readonly Fault Trouble = new(ReasonCodes.CrmUnavailable, "Down.");
    private static readonly Receipt Receipt = new("35436", "note-1");

    private readonly List<Delivery> _held = [];
    private readonly Dictionary<long, long> _tokens = [];
    private readonly Dictionary<SessionKey, int> _revisions = [];
    private readonly HashSet<long> _delivered = [];
    private ILedger? _ledger;

    public async Task RunAsync(IEnumerable<int> steps)
    {
        await RestartAsync();
        foreach (var step in steps)
        {
            await StepAsync(Math.Abs(step % 97));
            await CheckAsync();
        }

        await DrainAsync();
        await ((IAsyncDisposable)_ledger!).DisposeAsync();
    }

    private Task StepAsync(int step) => (step % 8) switch
    {
        0 or 1 => RecordAsync(step),
        2 => ClaimAsync(1 + (step % 5)),
        3 => BeginAsync(step),
        4 or 5 => SettleAsync(step),
        6 when step % 3 == 0 => RestartAsync(),
        6 => ActAsync(step),
        _ => PassAsync(step),
    };

    private async Task RecordAsync(int step)
    {
        var id = 1 + (step % 11);
        var key = Recorded.Key(id);
        var follows = _revisions.GetValueOrDefault(key);
        var lane = step % 2 == 0 ? $"lane {id % Lanes}" : null;
        var planned = Recorded.Delivery(id, Crm, lane, order: step % 7);
        var receipt = await _ledger!.RecordAsync([Recorded.Session(id, follows, "{}", planned)], cancel);
        receipt.ShouldHaveSingleItem().Conflict.ShouldBeFalse();
        _revisions[key] = follows + 1;
    }

    private async Task ClaimAsync(int most)
    {
        foreach (var delivery in await _ledger!.ClaimAsync(Crm, most, TimeSpan.FromMinutes(5), cancel))
        {
            delivery.Token.ShouldBeGreaterThan(_tokens.GetValueOrDefault(delivery.Id), "a claim raises the token");
            _tokens[delivery.Id] = delivery.Token;
            _held.Add(delivery);
        }
    }

    private async Task BeginAsync(int step)
    {
        if (Pick(step) is { } delivery)
        {
            var ticket = new TicketRef("ticket", $"lane {delivery.Session.Id % Lanes}");
            await _ledger!.BeginAsync([new AttemptStart(delivery.Id, delivery.Token, ticket, TimeSpan.FromSeconds(30))], cancel);
        }
    }

    private async Task SettleAsync(int step)
    {
        if (Pick(step) is not { } delivery)
        {
            return;
        }

        _held.Remove(delivery);
        var sending = (await AllAsync()).Single(d => d.Id == delivery.Id).State is DeliveryState.Sending;
        Verdict verdict = (step % 5) switch
        {
            0 or 1 when sending => new Verdict.Done(Receipt),
            2 when sending => new Verdict.Again(TimeSpan.FromSeconds(30), Trouble, InDoubt: true, SpendsAttempt: true),
            3 => new Verdict.Park(Trouble),
            _ => new Verdict.Again(TimeSpan.FromSeconds(step), Trouble, delivery.MayHaveArrived, SpendsAttempt: step % 2 == 0),
        };
        await SettleAsync(delivery, verdict);
    }

    private async Task SettleAsync(Delivery delivery, Verdict verdict)
    {
        var settlement = new Settlement(delivery.Id, delivery.Token, AttemptPhase.Send, "Said", verdict, TimeSpan.Zero);
        var stale = await _ledger!.SettleAsync([settlement], cancel);
        if (verdict is Verdict.Done && stale.Count == 0)
        {
            _delivered.Add(delivery.Id).ShouldBeTrue("delivered once");
        }
    }

    private async Task ActAsync(int step)
    {
        var filter = new DeliveryFilter(Session: Recorded.Key(1 + (step % 11)));
        var action = (step % 5) switch
        {
            0 => _ledger!.ParkAsync(filter, "ana", cancel),
            1 => _ledger!.CancelAsync(filter, "ana", cancel),
            _ => _ledger!.RetryAsync(filter, "ana", cancel),
        };
        await action;
    }

    private async Task PassAsync(int step)
    {
        clock.Advance(TimeSpan.FromSeconds(step * 7));
        await Task.CompletedTask;
    }

    // What the dead life held stays in the list: its late writes must be turned away.
    private async Task RestartAsync()
    {
        if (_ledger is IAsyncDisposable running)
        {
            await running.DisposeAsync();
        }

        _ledger = create();
        await _ledger.OpenAsync(cancel);
    }

    private async Task CheckAsync()
    {
        var all = await AllAsync();

        all.Count.ShouldBe(_revisions.Values.Sum(), "every revision has its delivery");
        var busy = all.Where(d => d.State is DeliveryState.Resolving or DeliveryState.Sending or DeliveryState.Probing).ToList();
        busy.Where(d => d.Lane is not null).GroupBy(d => d.Lane).ShouldAllBe(lane => lane.Count() == 1, "one in flight per lane");
        busy.GroupBy(d => d.Session).ShouldAllBe(session => session.Count() == 1, "one in flight per session");
        all.Where(d => d.State is DeliveryState.Delivered).Select(d => d.Id).ShouldBe(_delivered, ignoreOrder: true, "delivered is final");
        all.ShouldAllBe(d => d.Token >= _tokens.GetValueOrDefault(d.Id), "tokens only rise");
    }

    /// <summary>Left alone with a CRM that works, everything that waits is delivered: no two deliveries wait for each other.</summary>
    private async Task DrainAsync()
    {
        await _ledger!.RetryAsync(new DeliveryFilter(State: DeliveryState.Parked), "ana", cancel);
        for (var round = 0; round < 100 && (await AllAsync()).Any(Waits); round++)
        {
            clock.Advance(TimeSpan.FromMinutes(16));
            foreach (var delivery in await _ledger.ClaimAsync(Crm, 50, TimeSpan.FromMinutes(5), cancel))
            {
                var ticket = new TicketRef("ticket", $"lane {delivery.Session.Id % Lanes}");
                var start = new AttemptStart(delivery.Id, delivery.Token, ticket, TimeSpan.Zero);
                if ((await _ledger.BeginAsync([start], cancel)).Count == 1)
                {
                    await SettleAsync(delivery, new Verdict.Done(Receipt));
                }
            }
        }

        await CheckAsync();
        (await AllAsync()).ShouldAllBe(d => !Waits(d), "nothing waits for ever");
    }

    private static bool Waits(Delivery delivery) => !delivery.State.IsEnd() && delivery.State is not DeliveryState.Parked;

    private Delivery? Pick(int step) => _held.Count == 0 ? null : _held[step % _held.Count];

    private Task<IReadOnlyList<Delivery>> AllAsync() => _ledger!.ListAsync(new DeliveryFilter(), 0, 1_000, cancel);
}
