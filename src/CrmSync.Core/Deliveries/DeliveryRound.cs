using System.Collections.Concurrent;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;
using Microsoft.Extensions.Logging;

namespace CrmSync.Core.Deliveries;

/// <summary>Works off what is due for one connector: claim, resolve, render, deliver, settle.</summary>
/// <remarks>
/// Answers only to the ledger: a crash on any line leaves deliveries that the next life takes up as ready or in doubt.
/// One round per connector at a time; the caller sees to it.
/// </remarks>
public sealed partial class DeliveryRound(
    ILedger ledger,
    IPacker packer,
    SessionReaders readers,
    IRoutePolicy routes,
    RetryPolicy policy,
    DeliveryOptions options,
    TimeProvider clock,
    ILogger<DeliveryRound> logger)
{
    private static readonly Fault Taken = new(ReasonCodes.WaitsForLane, "Another delivery to the same record goes first.");

    /// <summary>
    /// How long calls under way may go on after a stop; then they are cancelled and in doubt. Leaves the host, which grants 25 seconds,
    /// time to write that down.
    /// </summary>
    private static readonly TimeSpan FinishTime = TimeSpan.FromSeconds(18);

    private readonly ConcurrentDictionary<string, ConnectorPulse> _pulses = new(StringComparer.Ordinal);

    /// <summary>Until nothing is due, the connector pauses, or <paramref name="cancel"/>. Answers how many deliveries were settled.</summary>
    public async Task<int> RunAsync(IConnector connector, CancellationToken cancel)
    {
        var pulse = PulseOf(connector);
        pulse.Remember(await ledger.TroubleOfAsync(connector.Name, cancel));
        var (settled, claimed) = (0, 1);
        while (pulse.InTrouble && claimed > 0 && !cancel.IsCancellationRequested)
        {
            claimed = await DeliverNextAsync(connector, 1, cancel);
            settled += claimed;
        }

        return claimed > 0 ? settled + await WorkAsync(connector, pulse, cancel) : settled;
    }

    // As many claims at once as the connector bears. One that found nothing says that nothing was due just then: after each that found
    // something there may be more, for the pick-up goes on meanwhile and lanes become free.
    private async Task<int> WorkAsync(IConnector connector, ConnectorPulse pulse, CancellationToken cancel)
    {
        var running = new List<Task<int>>();
        var (settled, found) = (0, 1);
        try
        {
            while (true)
            {
                while (found > 0 && running.Count < pulse.Allowed && !cancel.IsCancellationRequested)
                {
                    running.Add(DeliverNextAsync(connector, connector.Traits.ClaimMax, cancel));
                }

                if (running.Count == 0)
                {
                    return settled;
                }

                var done = await Task.WhenAny(running);
                running.Remove(done);
                found = await done;
                settled += found;
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    private async Task<int> DeliverNextAsync(IConnector connector, int most, CancellationToken cancel)
    {
        // Before the claim: should others take this worker for dead and its deliveries over, it must not send what it holds.
        ledger.Trust.ActUnder();
        var claimed = await ledger.ClaimAsync(connector.Name, most, options.Lease, cancel);
        if (claimed.Count > 0)
        {
            await DeliverAsync(connector, claimed, cancel);
        }

        return claimed.Count;
    }

    private ConnectorPulse PulseOf(IConnector connector) =>
        _pulses.GetOrAdd(connector.Name, _ => new ConnectorPulse(connector.Traits.ConcurrencyMax));

    private async Task DeliverAsync(IConnector connector, IReadOnlyList<Delivery> claimed, CancellationToken cancel)
    {
        var batch = new DeliveryBatch(connector, claimed, policy, clock);
        try
        {
            var shipments = await LoadAsync(batch, claimed, cancel);
            var parcels = await ProbeAsync(batch, await AddressedAsync(batch, [.. shipments.Where(s => s.Delivery.State is DeliveryState.Probing)], cancel), cancel);
            parcels.AddRange(await ResolveAsync(batch, [.. shipments.Where(s => s.Delivery.State is DeliveryState.Resolving)], cancel));
            await SendAllAsync(batch, OnePerTicket(batch, parcels), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            batch.Abandon(new Fault(ReasonCodes.Stopping, "The worker was stopped."), spendsAttempt: false);
        }
        catch (LedgerException e)
        {
            batch.Abandon(new Fault(ReasonCodes.LedgerUnavailable, e.Message), spendsAttempt: false);
        }
        catch (Exception e)
        {
            Log.Broke(logger, e, connector.Name, claimed.Count);
            batch.Abandon(new Fault(ReasonCodes.InternalError, $"CrmSync failed: {e.GetType().Name}."), spendsAttempt: true);
        }

        await SettleAsync(batch, Change(batch), cancel);
    }

    private async Task<List<Shipment>> LoadAsync(DeliveryBatch batch, IReadOnlyList<Delivery> claimed, CancellationToken cancel)
    {
        var shipments = new List<Shipment>(claimed.Count);
        var previous = await PreviousAsync(claimed, cancel);
        foreach (var (delivery, bytes) in Pair(claimed, await ledger.ReadAsync(claimed, cancel)))
        {
            if (bytes is { } file && readers.Read(file, delivery.Session.Instance) is { } session)
            {
                shipments.Add(new Shipment(delivery, Addressed(session, delivery)) { Previous = previous.GetValueOrDefault(delivery.Id) });
            }
            else
            {
                var fault = new Fault(ReasonCodes.SourceUnreadable, "The kept copy of the session's file is gone or cannot be read.");
                batch.Weigh(delivery, new Outcome.Refused(fault), AttemptPhase.Resolve);
            }
        }

        return shipments;
    }

    private static SessionMetadata Addressed(SessionMetadata session, Delivery delivery) =>
        delivery.TicketByHand is { } ticket ? session with { OutTicket = OutTicket.From(ticket, null) } : session;

    // First deliveries, nearly all of them, cost no look-up.
    private async Task<Dictionary<long, SessionMetadata?>> PreviousAsync(IReadOnlyList<Delivery> claimed, CancellationToken cancel)
    {
        List<Delivery> before = [.. claimed.Where(d => d.ReplacesRevision is not null).Select(d => d with { Revision = d.ReplacesRevision!.Value })];
        return before.Count == 0
            ? []
            : Pair(before, await ledger.ReadAsync(before, cancel)).ToDictionary(
                pair => pair.First.Id,
                pair => pair.Second is { } file ? readers.Read(file, pair.First.Session.Instance) : null);
    }

    // Where it was addressed to is where it may have arrived. One that a restored ledger does not remember sending has to be addressed first.
    private async Task<List<Parcel>> AddressedAsync(DeliveryBatch batch, List<Shipment> shipments, CancellationToken cancel)
    {
        var parcels = await ResolveAsync(batch, [.. shipments.Where(s => s.Delivery.Ticket is null)], cancel);
        parcels.AddRange(shipments.Where(s => s.Delivery.Ticket is not null).Select(s => packer.Pack(s, s.Delivery.Ticket!, batch.Connector.Traits)));
        return parcels;
    }

    private static async Task<List<Parcel>> ProbeAsync(DeliveryBatch batch, List<Parcel> parcels, CancellationToken cancel)
    {
        var absent = new List<Parcel>();
        if (parcels.Count == 0)
        {
            return absent;
        }

        foreach (var (parcel, answer) in Pair(parcels, await batch.Connector.ProbeAsync(parcels, cancel)))
        {
            if (!batch.Weigh(parcel, answer))
            {
                absent.Add(parcel);
            }
        }

        return absent;
    }

    private async Task<List<Parcel>> ResolveAsync(DeliveryBatch batch, List<Shipment> shipments, CancellationToken cancel)
    {
        var parcels = new List<Parcel>(shipments.Count);
        if (shipments.Count == 0)
        {
            return parcels;
        }

        foreach (var (shipment, resolution) in Pair(shipments, await batch.Connector.ResolveAsync(shipments, cancel)))
        {
            if (resolution is Resolution.Found(var ticket))
            {
                parcels.Add(packer.Pack(shipment, ticket, batch.Connector.Traits));
            }
            else
            {
                batch.Weigh(shipment.Delivery, resolution, routes);
            }
        }

        return parcels;
    }

    // Two spellings of one record (a number, an id) are found out only by resolving them.
    private static List<Parcel> OnePerTicket(DeliveryBatch batch, List<Parcel> parcels)
    {
        var first = new List<Parcel>(parcels.Count);
        var tickets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parcel in parcels.OrderBy(p => p.Delivery.Order).ThenBy(p => p.Delivery.Id))
        {
            if (tickets.Add(parcel.Ticket.Lane))
            {
                first.Add(parcel);
            }
            else
            {
                batch.Weigh(parcel.Delivery, new Outcome.Deferred(Taken, SpendsAttempt: false), AttemptPhase.Resolve, parcel.Ticket);
            }
        }

        return first;
    }

    // What one batch came to is written down before the next one leaves: of a dead worker's batches one at the most is in doubt. The ledger
    // is told of the one's end and the other's beginning in the same breath, so that they can share a commit.
    private async Task SendAllAsync(DeliveryBatch batch, List<Parcel> parcels, CancellationToken cancel)
    {
        var (left, written) = (parcels.Count, Task.CompletedTask);
        try
        {
            foreach (var some in parcels.Chunk(batch.Connector.Traits.BatchMax))
            {
                await SendAsync(batch, [.. some], written, cancel);
                left -= some.Length;
                if (left > 0)
                {
                    var change = Change(batch);
                    written = SettleAsync(batch, change, cancel);
                    if (change.Fault is { } trouble)
                    {
                        batch.Abandon(trouble, spendsAttempt: false);
                        return;
                    }
                }
            }
        }
        finally
        {
            await written;
        }
    }

    private async Task SendAsync(DeliveryBatch batch, List<Parcel> parcels, Task written, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var starts = parcels.ConvertAll(p => new AttemptStart(p.Delivery.Id, p.Delivery.Token, p.Ticket, batch.Connector.Traits.Settle));
        batch.Start(starts);
        var begun = await ledger.BeginAsync(starts, cancel);
        parcels.RemoveAll(parcel => !begun.Contains(parcel.Delivery.Id));
        batch.Begin(starts, begun);
        await written;
        if (parcels.Count == 0)
        {
            return;
        }

        using var finish = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var stop = cancel.Register(() => finish.CancelAfter(FinishTime));
        foreach (var (parcel, outcome) in Pair(parcels, await batch.Connector.DeliverAsync(parcels, finish.Token)))
        {
            batch.Weigh(parcel.Delivery, outcome, AttemptPhase.Send, parcel.Ticket);
        }
    }

    private static IEnumerable<(TFirst First, TSecond Second)> Pair<TFirst, TSecond>(IReadOnlyList<TFirst> asked, IReadOnlyList<TSecond> answered) =>
        asked.Count == answered.Count
            ? asked.Zip(answered)
            : throw new InvalidOperationException($"{asked.Count} were asked for, {answered.Count} answered: a connector or ledger forgot some.");
}
