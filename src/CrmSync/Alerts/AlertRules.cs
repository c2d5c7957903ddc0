using System.Globalization;
using CrmSync.Core.Deliveries;

namespace CrmSync.Alerts;

/// <summary>What an alert can be about, as found at one moment.</summary>
/// <param name="Troubles">Connectors in trouble, their pause in force or just run out.</param>
/// <param name="NewestQuarantined">When the last file came into quarantine; null when none ever did.</param>
public sealed record AlertFacts(
    LedgerSummary? Summary,
    IReadOnlyList<ConnectorPause> Troubles,
    LedgerHealth Health,
    DateTimeOffset? NewestQuarantined);

/// <summary>From facts to alerts. Pure.</summary>
public static class AlertRules
{
    /// <summary>Between two pauses a connector is tried once: a pause that ran out this recently is not over yet.</summary>
    private static readonly TimeSpan Trying = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan SecondLevel = TimeSpan.FromHours(1);
    private static readonly TimeSpan ThirdLevel = TimeSpan.FromHours(8);

    /// <param name="since">When an alert with this key was raised; null for one that was not. What has no beginning of its own begins then.</param>
    public static IReadOnlyList<Alert> Evaluate(AlertFacts facts, AlertOptions options, Func<string, DateTimeOffset?> since, DateTimeOffset now)
    {
        var alerts = new List<Alert?> { Ledger(facts.Health, now) };
        alerts.AddRange(facts.Troubles.Select(trouble => Paused(trouble, options, now)));
        if (facts.Summary is { } summary)
        {
            alerts.Add(Waiting(summary, options, now));
            alerts.Add(NeedsPerson(summary, options, now));
            alerts.Add(Quarantine(summary, facts.NewestQuarantined, options, now));
            alerts.AddRange(summary.Sources.Select(source => Silent(source, options, now)));
        }

        return [.. alerts.OfType<Alert>().Select(alert => alert.Since < now ? alert : alert with { Since = since(alert.Key) ?? now })];
    }

    private static Alert? Ledger(LedgerHealth health, DateTimeOffset now) => health.Trouble is { } trouble
        ? new Alert(AlertKind.LedgerTrouble, string.Empty, health.Writable ? 1 : 2, trouble, "Look at the disk that holds the ledger.", now)
        : null;

    private static Alert? Waiting(LedgerSummary summary, AlertOptions options, DateTimeOffset now) =>
        summary.OldestDue is { } due && now - due >= options.WaitingOver
            ? new Alert(
                AlertKind.DeliveriesWaiting,
                string.Empty,
                1,
                Text($"The oldest delivery has been due since {due.UtcDateTime:u} and was not taken up."),
                "Look at 'crmsync status': a connector may be paused, or the backlog be larger than the CRM's limits allow.",
                due)
            : null;

    private static Alert? NeedsPerson(LedgerSummary summary, AlertOptions options, DateTimeOffset now)
    {
        var count = summary.Counts.Where(c => c.State.NeedsPerson()).Sum(c => c.Count);
        return options.NeedsPersonFrom > 0 && count >= options.NeedsPersonFrom
            ? new Alert(
                AlertKind.NeedsPerson,
                string.Empty,
                1,
                Text($"{count} {(count == 1 ? "delivery needs" : "deliveries need")} a person."),
                "Each has a reason code with what to do; mend the cause, then 'crmsync retry --reason CODE'.",
                now)
            : null;
    }

    private static Alert? Paused(ConnectorPause trouble, AlertOptions options, DateTimeOffset now)
    {
        var lasted = now - trouble.Since;
        return lasted >= options.PausedOver && (trouble.Until is null || now - trouble.Until < Trying)
            ? new Alert(
                AlertKind.ConnectorPaused,
                trouble.Connector,
                lasted >= ThirdLevel ? 3 : lasted >= SecondLevel ? 2 : 1,
                Text($"Connector {trouble.Connector} has delivered nothing since {trouble.Since.UtcDateTime:u}: {trouble.Fault.Reason.Meaning} ({trouble.Fault.Reason.Code})"),
                trouble.Fault.Reason.WhatToDo,
                trouble.Since)
            : null;
    }

    // A source that is looked at once a day is not silent in between: only one that failed is.
    private static Alert? Silent(SourceStatus source, AlertOptions options, DateTimeOffset now) =>
        source.LastRound.Error is not null && (source.LastOkAt is not { } ok || now - ok >= options.SourceSilentOver)
            ? new Alert(
                AlertKind.SourceSilent,
                source.Name,
                1,
                source.LastOkAt is { } last ? Text($"Source {source.Name} could not be read since {last.UtcDateTime:u}.") : $"Source {source.Name} could never be read.",
                "Look at 'crmsync status' for the reason: the folder may be gone, not mounted, or closed to CrmSync's user.",
                source.LastOkAt ?? now)
            : null;

    private static Alert? Quarantine(LedgerSummary summary, DateTimeOffset? newest, AlertOptions options, DateTimeOffset now) =>
        newest is { } at && now - at < options.QuarantineFor
            ? new Alert(
                AlertKind.Quarantine,
                string.Empty,
                1,
                Text($"{summary.FilesQuarantined} {(summary.FilesQuarantined == 1 ? "file is" : "files are")} in quarantine; the last came at {at.UtcDateTime:u}."),
                "Run 'crmsync inspect' on them, or look up their reason codes.",
                at)
            : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
