using System.CommandLine;
using System.Globalization;
using CrmSync.Alerts;
using CrmSync.Control;
using CrmSync.Core.Deliveries;

namespace CrmSync.Cli;

/// <summary><c>crmsync status</c>: what waits, what needs a person, what stands still.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("status", "Show what was delivered, what waits and what needs a person.") { json };
        command.SetAction((parse, cancel) => context.WithLedgerAsync(
            parse,
            async ledger => Show(
                await ledger.Reading.SummarizeAsync(cancel), await ledger.AlertsAsync(cancel), ledger.IsLive, parse.GetValue(json), context),
            cancel));
        return command;
    }

    private static int Show(LedgerSummary summary, IReadOnlyList<Alert> alerts, bool live, bool json, CommandContext context)
    {
        var (terminal, now) = (context.Terminal, context.Clock.GetUtcNow());
        if (json)
        {
            terminal.Json(summary, ControlJson.Default.LedgerSummary);
            return ExitCode.Done;
        }

        terminal.WriteLine(live ? "The worker is running." : "No worker is running; this is what its ledger says.");
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Words.Count(summary.Sessions, "session")}, {summary.SessionsNotFinal:N0} not finished yet, {Words.Count(summary.FilesQuarantined, "file")} in quarantine. Oldest due: {Words.At(summary.OldestDue, now)}."));
        foreach (var alert in alerts)
        {
            terminal.WriteLine($"ALERT since {Words.At(alert.Since, now)}: {alert.Message} {alert.WhatToDo}");
        }

        ShowConnectors(summary, terminal);
        ShowSources(summary, terminal, now);
        foreach (var pause in summary.Pauses)
        {
            terminal.WriteLine($"{pause.Connector} pauses until {(pause.Until is null ? "somebody resumes it" : Words.At(pause.Until, now))}: {pause.Fault.Message} {pause.Fault.Reason.WhatToDo}");
        }

        return ExitCode.Done;
    }

    private static void ShowConnectors(LedgerSummary summary, Terminal terminal)
    {
        if (summary.Counts.Count == 0)
        {
            terminal.WriteLine("No deliveries yet: put a session file into a source's folder, or try 'crmsync send FILE'.");
            return;
        }

        var table = terminal.Table("Connector", "Delivered", "Waiting", "In doubt", "Needs a person", "Skipped", "Superseded or cancelled");
        foreach (var group in summary.Counts.GroupBy(count => count.Connector, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            table.Row(
                group.Key,
                Sum(group, state => state is DeliveryState.Delivered),
                Sum(group, state => state is DeliveryState.Ready or DeliveryState.Resolving or DeliveryState.Sending),
                Sum(group, state => state is DeliveryState.InDoubt or DeliveryState.Probing),
                Sum(group, state => state.NeedsPerson()),
                Sum(group, state => state is DeliveryState.Skipped),
                Sum(group, state => state is DeliveryState.Superseded or DeliveryState.Cancelled));
        }

        terminal.Out.Write(table);
    }

    private static void ShowSources(LedgerSummary summary, Terminal terminal, DateTimeOffset now)
    {
        if (summary.Sources.Count == 0)
        {
            return;
        }

        var table = terminal.Table("Source", "Last pick-up", "Files seen", "Recorded", "Quarantined", "Trouble");
        foreach (var source in summary.Sources)
        {
            table.Row(
                source.Name,
                Words.At(source.LastRound.At, now),
                source.LastRound.Seen.ToString("N0", CultureInfo.InvariantCulture),
                source.LastRound.Recorded.ToString("N0", CultureInfo.InvariantCulture),
                source.LastRound.Quarantined.ToString("N0", CultureInfo.InvariantCulture),
                source.LastRound.Error);
        }

        terminal.Out.Write(table);
    }

    private static string Sum(IEnumerable<StateCount> counts, Func<DeliveryState, bool> which) =>
        counts.Where(count => which(count.State)).Sum(count => count.Count).ToString("N0", CultureInfo.InvariantCulture);
}
