using System.CommandLine;
using System.Globalization;
using CrmSync.Control;
using CrmSync.Core.Deliveries;

namespace CrmSync.Cli;

/// <summary><c>crmsync show SESSION</c>: where it is, why, what next, when.</summary>
internal static class ShowCommand
{
    private const int CandidatesMax = 20;

    public static Command Create(CommandContext context)
    {
        var session = CommonOptions.Session();
        var json = CommonOptions.Json();
        var command = new Command("show", "Show where a session is, why, and what happens next.\nExample: crmsync show call-48211") { session, json };
        command.SetAction((parse, cancel) => context.WithLedgerAsync(
            parse,
            async ledger =>
            {
                var text = parse.GetRequiredValue(session);
                var found = await ledger.Reading.SearchAsync(text, CandidatesMax, cancel);
                return found switch
                {
                    [] => context.Terminal.Fail(ExitCode.SomeFailed, $"No session or ticket '{text}' is known. 'crmsync status' shows whether its file was picked up."),
                    [var key] => Show((await ledger.Reading.HistoryAsync(key, cancel))!, parse.GetValue(json), context),
                    _ => Several(found, parse.GetValue(json), context.Terminal),
                };
            },
            cancel));
        return command;
    }

    private static int Several(IReadOnlyList<Core.Sessions.SessionKey> found, bool json, Terminal terminal)
    {
        if (json)
        {
            terminal.Json(found, ControlJson.Default.IReadOnlyListSessionKey);
            return ExitCode.Done;
        }

        terminal.WriteLine($"{found.Count} sessions fit; show one of them:");
        foreach (var key in found)
        {
            terminal.WriteLine($"  {key}");
        }

        return ExitCode.Done;
    }

    private static int Show(SessionHistory history, bool json, CommandContext context)
    {
        if (json)
        {
            context.Terminal.Json(history, ControlJson.Default.SessionHistory);
            return ExitCode.Done;
        }

        var (terminal, now) = (context.Terminal, context.Clock.GetUtcNow());
        var current = history.Revisions[^1];
        terminal.WriteLine($"{history.Session}  {current.Facts.SessionType}  {current.Facts.Status}  ended {Words.At(current.Facts.EndedAt, now)}");
        terminal.WriteLine($"Ticket {current.Facts.OutTicket ?? "none"}, queue {current.Facts.Queue ?? "none"}, language {current.Facts.Language ?? "unknown"}");
        ShowRevisions(history, terminal, now);
        foreach (var delivery in history.Deliveries)
        {
            ShowDelivery(delivery, history, terminal, now);
        }

        if (history.Deliveries.Count == 0)
        {
            terminal.WriteLine(current.Facts.IsFinal
                ? "Nothing is to be delivered: no route chose a connector."
                : "Not finished yet: CrmSync waits for the platform to write the file again.");
        }

        return ExitCode.Done;
    }

    private static void ShowRevisions(SessionHistory history, Terminal terminal, DateTimeOffset now)
    {
        var table = terminal.Table("Revision", "File", "Updated", "Picked up");
        foreach (var revision in history.Revisions)
        {
            table.Row(
                revision.Revision.ToString(CultureInfo.InvariantCulture),
                $"{revision.Source}: {revision.Locator}",
                Words.At(revision.Facts.UpdatedAt, now),
                Words.At(revision.RecordedAt, now));
        }

        terminal.Out.Write(table);
    }

    private static void ShowDelivery(Delivery delivery, SessionHistory history, Terminal terminal, DateTimeOffset now)
    {
        terminal.WriteLine($"{delivery.Connector}, revision {delivery.Revision}: {Words.State(delivery, now)} {Words.Reason(delivery.Fault)}".TrimEnd());
        terminal.WriteLine($"  {Words.Next(delivery, now)}");
        if (delivery.Receipt is { } receipt)
        {
            terminal.WriteLine($"  {Words.Receipt(receipt)}");
        }

        foreach (var attempt in history.Attempts.Where(attempt => attempt.DeliveryId == delivery.Id))
        {
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {attempt.Number}. {attempt.Phase.ToString().ToLowerInvariant()} {Words.At(attempt.StartedAt, now)}: {attempt.Outcome ?? "no end was written"} {attempt.Fault?.Message}").TrimEnd());
        }
    }
}
