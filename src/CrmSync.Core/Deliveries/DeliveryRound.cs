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

    private readonly ConcurrentDictionary<string, Breaker> _breakers = new(StringComparer.Ordinal);

    /// <summary>Until nothing is due, the connector pauses, or <paramref name="cancel"/>. Answers how many deliveries were settled.</summary>
    public async Task<int> RunAsync(IConnector connector, CancellationToken cancel)
    {
        var workers = Enumerable.Range(0, connector.Traits.ConcurrencyMax).Select(_ => WorkAsync(connector, cancel));
        return (await Task.WhenAll(workers)).Sum();
    }

    private async Task<int> WorkAsync(IConnector connector, CancellationToken cancel)
    {
        var settled = 0;
        while (!cancel.IsCancellationRequested)
        {
            var claimed = await ledger.ClaimAsync(connector.Name, connector.Traits.BatchMax, options.Lease, cancel);
            if (claimed.Count == 0)
            {
                break;
            }

            await DeliverAsync(connector, claimed, cancel);
            settled += claimed.Count;
        }

        return settled;
    }

    private async Task DeliverAsync(IConnector connector, IReadOnlyList<Delivery> claimed, CancellationToken cancel)
    {
        var batch = new DeliveryBatch(connector, claimed, policy, clock);
        try
        {
            var shipments = await LoadAsync(batch, claimed, cancel);
            var parcels = await ProbeAsync(batch, [.. shipments.Where(s => s.Delivery.State is DeliveryState.Probing)], cancel);
            parcels.AddRange(await ResolveAsync(batch, [.. shipments.Where(s => s.Delivery.State is DeliveryState.Resolving)], cancel));
            await SendAsync(batch, OnePerTicket(batch, parcels), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            batch.Abandon(new Fault(ReasonCodes.Stopping, "The worker was stopped."), spendsAttempt: false);
        }
        catch (Exception e) when (e is not LedgerException)
        {
            Log.Broke(logger, e, connector.Name, claimed.Count);
            batch.Abandon(new Fault(ReasonCodes.InternalError, $"CrmSync failed: {e.GetType().Name}."), spendsAttempt: true);
        }

        await SettleAsync(batch);
    }

    private async Task<List<Shipment>> LoadAsync(DeliveryBatch batch, IReadOnlyList<Delivery> claimed, CancellationToken cancel)
    {
        var shipments = new List<Shipment>(claimed.Count);
        var previous = await PreviousAsync(claimed, cancel);
        foreach (var (delivery, bytes) in Pair(claimed, await ledger.ReadAsync(claimed, cancel)))
        {
            if (bytes is { } file && readers.Read(file, delivery.Session.Instance) is { } session)
            {
                shipments.Add(new Shipment(delivery, session) { Previous = previous.GetValueOrDefault(delivery.Id) });
            }
            else
            {
                var fault = new Fault(ReasonCodes.SourceUnreadable, "The kept copy of the session's file is gone or cannot be read.");
                batch.Weigh(delivery, new Outcome.Refused(fault), AttemptPhase.Resolve);
            }
        }

        return shipments;
    }

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

    private async Task<List<Parcel>> ProbeAsync(DeliveryBatch batch, List<Shipment> shipments, CancellationToken cancel)
    {
        var absent = new List<Parcel>();
        if (shipments.Count == 0)
        {
            return absent;
        }

        var parcels = shipments.ConvertAll(s => packer.Pack(s, s.Delivery.Ticket ?? throw NoTicket(s), batch.Connector.Traits));
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

    private async Task SendAsync(DeliveryBatch batch, List<Parcel> parcels, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (parcels.Count == 0)
        {
            return;
        }

        var starts = parcels.ConvertAll(p => new AttemptStart(p.Delivery.Id, p.Delivery.Token, p.Ticket, batch.Connector.Traits.Settle));
        var begun = await ledger.BeginAsync(starts, cancel);
        parcels.RemoveAll(parcel => !begun.Contains(parcel.Delivery.Id));
        batch.Begin(starts, begun);
        if (parcels.Count == 0)
        {
            return;
        }

        foreach (var (parcel, outcome) in Pair(parcels, await batch.Connector.DeliverAsync(parcels, cancel)))
        {
            batch.Weigh(parcel.Delivery, outcome, AttemptPhase.Send, parcel.Ticket);
        }
    }

    // What was sent must be written down, whether or not somebody wants to stop: not cancellable.
    private async Task SettleAsync(DeliveryBatch batch)
    {
        var settlements = batch.Settlements(routes);
        var stale = await ledger.SettleAsync(settlements, CancellationToken.None);
        foreach (var settlement in settlements)
        {
            Report(batch, settlement, stale.Contains(settlement.DeliveryId));
        }

        if (batch.Pause(_breakers.GetOrAdd(batch.Connector.Name, _ => new Breaker())) is { } pause)
        {
            await ledger.PauseAsync(batch.Connector.Name, pause.Fault, clock.GetUtcNow() + pause.For, CancellationToken.None);
            Log.Paused(logger, batch.Connector.Name, pause.For, pause.Fault.ToString());
        }
    }

    private void Report(DeliveryBatch batch, Settlement settlement, bool stale)
    {
        var delivery = batch.Delivery(settlement.DeliveryId);
        if (stale)
        {
            Log.Stale(logger, delivery.Session, delivery.Connector, delivery.Token);
            return;
        }

        switch (settlement.Verdict)
        {
            case Verdict.Done(var receipt):
                Log.Delivered(logger, delivery.Session, delivery.Revision, delivery.Connector, receipt.RecordId, settlement.Outcome, delivery.Attempts);
                break;
            case Verdict.Again(var dueAt, var fault, _, _):
                Log.Again(logger, delivery.Session, delivery.Revision, delivery.Connector, fault.ToString(), dueAt);
                break;
            case Verdict.Park(var fault):
                Log.Parked(logger, delivery.Session, delivery.Revision, delivery.Connector, fault.ToString());
                break;
            case Verdict.GiveUp(var fault):
                Log.Parked(logger, delivery.Session, delivery.Revision, delivery.Connector, fault.ToString());
                break;
            case Verdict.Divert(var fault, var to):
                Log.Diverted(logger, delivery.Session, delivery.Revision, delivery.Connector, to.Connector, fault.ToString());
                break;
            case Verdict.Skip(var fault):
                Log.Skipped(logger, delivery.Session, delivery.Revision, delivery.Connector, fault.ToString());
                break;
            default:
                throw new InvalidOperationException($"No log line for verdict {settlement.Verdict.GetType().Name}.");
        }
    }

    private static IEnumerable<(TFirst First, TSecond Second)> Pair<TFirst, TSecond>(IReadOnlyList<TFirst> asked, IReadOnlyList<TSecond> answered) =>
        asked.Count == answered.Count
            ? asked.Zip(answered)
            : throw new InvalidOperationException($"{asked.Count} were asked for, {answered.Count} answered: a connector or ledger forgot some.");

    private static InvalidOperationException NoTicket(Shipment shipment) =>
        new($"Delivery {shipment.Delivery.Id} is in doubt but was never addressed.");

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Information, "Delivered {Session} revision {Revision} via {Connector} to {Record}: {Outcome}, attempt {Attempt}")]
        public static partial void Delivered(ILogger logger, SessionKey session, int revision, string connector, string record, string outcome, int attempt);

        [LoggerMessage(501, LogLevel.Information, "Not yet {Session} revision {Revision} via {Connector}: {Fault} Next at {DueAt:u}")]
        public static partial void Again(ILogger logger, SessionKey session, int revision, string connector, string fault, DateTimeOffset dueAt);

        [LoggerMessage(502, LogLevel.Error, "Parked {Session} revision {Revision} via {Connector}, needs a person: {Fault}")]
        public static partial void Parked(ILogger logger, SessionKey session, int revision, string connector, string fault);

        [LoggerMessage(503, LogLevel.Information, "Skipped {Session} revision {Revision} via {Connector}: {Fault}")]
        public static partial void Skipped(ILogger logger, SessionKey session, int revision, string connector, string fault);

        [LoggerMessage(504, LogLevel.Warning, "Diverted {Session} revision {Revision} from {Connector} to {Fallback}: {Fault}")]
        public static partial void Diverted(ILogger logger, SessionKey session, int revision, string connector, string fallback, string fault);

        [LoggerMessage(505, LogLevel.Warning, "Stale claim of {Session} via {Connector}, token {Token}: another life of the worker has it; nothing written")]
        public static partial void Stale(ILogger logger, SessionKey session, string connector, long token);

        [LoggerMessage(507, LogLevel.Error, "A round of {Connector} broke; its {Count} deliveries are tried again or probed")]
        public static partial void Broke(ILogger logger, Exception exception, string connector, int count);

        [LoggerMessage(506, LogLevel.Warning, "Connector {Connector} pauses for {Pause}: {Fault}")]
        public static partial void Paused(ILogger logger, string connector, TimeSpan pause, string fault);
    }
}
