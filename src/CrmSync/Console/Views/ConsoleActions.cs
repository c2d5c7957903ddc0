using CrmSync.Console.Access;
using CrmSync.Console.Texts;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sources;
using CrmSync.Jobs;
using Quartz;

namespace CrmSync.Console.Views;

/// <summary>
/// What people do in the console, and what they are told afterwards. Every action is harmless twice: a delivery that was changed by
/// the first press is not in the state any more that the second one looks for.
/// </summary>
internal sealed class ConsoleActions(
    ConsoleGuard guard, ILedger ledger, DispatchBell bell, ISchedulerFactory schedulers, IReadOnlyList<ISessionSource> sources, Speech say)
{
    public async Task<Said> RetryAsync(Delivery delivery, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        return await RingAsync(await ledger.RetryAsync(new DeliveryFilter(Id: delivery.Id), actor, cancel), say[ActionTexts.RetriedOne], cancel);
    }

    /// <summary>Everything that waits for a person at this connector for this reason.</summary>
    public async Task<Said> RetryAllAsync(string connector, ReasonCode reason, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        var changed = 0;
        foreach (var state in new[] { DeliveryState.Parked, DeliveryState.Failed })
        {
            changed += await ledger.RetryAsync(new DeliveryFilter(connector, state, reason.Code), actor, cancel);
        }

        return await RingAsync(changed, say.Format(ActionTexts.Retried, changed), cancel);
    }

    public async Task<Said> CancelAsync(Delivery delivery, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        return await RingAsync(await ledger.CancelAsync(new DeliveryFilter(Id: delivery.Id), actor, cancel), say[ActionTexts.Cancelled], cancel);
    }

    public async Task<Said> ParkAsync(Delivery delivery, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        return await RingAsync(await ledger.ParkAsync(new DeliveryFilter(Id: delivery.Id), actor, cancel), say[ActionTexts.Parked], cancel);
    }

    public async Task<Said> SetTicketAsync(Delivery delivery, string ticket, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        var typed = ticket.Trim();
        return typed.Length == 0
            ? new Said("warning", say[ActionTexts.TicketEmpty])
            : await RingAsync(
                await ledger.SetTicketAsync(new DeliveryFilter(Id: delivery.Id), typed, actor, cancel),
                say.Format(ActionTexts.TicketSet, typed, delivery.Connector),
                cancel);
    }

    public async Task<Said> PauseAsync(string connector, string why, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        if (await ledger.PauseOfAsync(connector, cancel) is { Until: null, Fault.Reason: var reason } && reason == ReasonCodes.PausedByPerson)
        {
            return new Said("info", say.Format(ActionTexts.AlreadyPaused, connector));
        }

        var sentence = string.IsNullOrWhiteSpace(why) ? $"Paused by {actor.Name}." : $"Paused by {actor.Name}: {why.Trim()}";
        await ledger.PauseAsync(connector, new Fault(ReasonCodes.PausedByPerson, sentence), length: null, cancel);
        await guard.RecordAsync(actor, AuditActions.ConnectorPaused, connector, why.Trim(), cancel);
        return new Said("good", say.Format(ActionTexts.PausedNow, connector));
    }

    public async Task<Said> ResumeAsync(string connector, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        if (await ledger.PauseOfAsync(connector, cancel) is null)
        {
            return new Said("info", say.Format(ActionTexts.NotPaused, connector));
        }

        await ledger.ResumeAsync(connector, cancel);
        await guard.RecordAsync(actor, AuditActions.ConnectorResumed, connector, null, cancel);
        await bell.RingAllAsync(cancel);
        return new Said("good", say.Format(ActionTexts.ResumedNow, connector));
    }

    public async Task<Said> PickUpAsync(string source, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        var known = sources.Single(one => one.Name == source);
        await guard.RecordAsync(actor, AuditActions.PickUp, known.Name, null, cancel);
        var scheduler = await schedulers.GetScheduler(cancel);
        await scheduler.TriggerJob(PickUpJob.Key(known.Name), cancellationToken: cancel);
        return new Said("good", say.Format(ActionTexts.PickUpStarted, known.Name));
    }

    public async Task<CheckReport> CheckAsync(IConnector connector, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        await guard.RecordAsync(actor, AuditActions.Checked, connector.Name, null, cancel);
        return await connector.CheckAsync(cancel);
    }

    private async Task<Said> RingAsync(int changed, string done, CancellationToken cancel)
    {
        if (changed == 0)
        {
            return new Said("warning", say[ActionTexts.NothingFits]);
        }

        await bell.RingAllAsync(cancel);
        return new Said("good", done);
    }
}

/// <summary>What somebody is told after an action.</summary>
/// <param name="Kind">As of a notice: info, good, warning, bad.</param>
public sealed record Said(string Kind, string Text);
