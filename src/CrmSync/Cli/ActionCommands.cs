using System.CommandLine;
using CrmSync.Control;
using CrmSync.Core.Deliveries;
using Spectre.Console;

namespace CrmSync.Cli;

/// <summary><c>crmsync retry | park | cancel</c>: what a person does with deliveries, one session's or all that fit.</summary>
internal static class ActionCommands
{
    private const int CountMax = 10_000;

    public static Command Retry(CommandContext context) => Create(
        context, PersonActions.Retry, "Try parked, failed, skipped or cancelled deliveries again, now.\nExample: crmsync retry --reason TICKET_NOT_FOUND --connector zendesk");

    public static Command Park(CommandContext context) => Create(
        context, PersonActions.Park, "Take deliveries out of the flow until somebody retries or cancels them.\nExample: crmsync park call-48211");

    public static Command Cancel(CommandContext context) => Create(
        context, PersonActions.Cancel, "End deliveries without delivering them.\nExample: crmsync cancel call-48211 --connector records-mailbox");

    public static Command Ticket(CommandContext context)
    {
        var session = new Argument<string>("SESSION") { Description = "call-48211, or instance/call-48211." };
        var ticket = new Argument<string>("TICKET") { Description = "The record's number or id in the CRM, or its address." };
        var connector = new Option<string?>("--connector") { Description = "Only deliveries to this connector." };
        var command = new Command(
            PersonActions.Ticket, "Say which record a session belongs to, and deliver it now: for sessions without a ticket, or with a wrong one.\nExample: crmsync ticket call-48211 35436 --connector zendesk")
        {
            session, ticket, connector,
        };
        command.SetAction((parse, cancel) => context.WithLedgerAsync(
            parse,
            ledger => OneAsync(
                ledger, context, PersonActions.Ticket, parse.GetValue(session)!, new DeliveryFilter(parse.GetValue(connector)), cancel, parse.GetValue(ticket)),
            cancel));
        return command;
    }

    private static Command Create(CommandContext context, string verb, string description)
    {
        var session = new Argument<string?>("SESSION") { Description = "call-48211, instance/call-48211, or a ticket id. Left out: every delivery that fits the options.", Arity = ArgumentArity.ZeroOrOne };
        var connector = new Option<string?>("--connector") { Description = "Only deliveries to this connector." };
        var reason = new Option<string?>("--reason") { Description = "Only deliveries with this reason code." };
        var state = new Option<DeliveryState?>("--state") { Description = "Only deliveries in this state." };
        var yes = CommonOptions.Yes();
        var command = new Command(verb, description) { session, connector, reason, state, yes };
        command.SetAction((parse, cancel) => context.WithLedgerAsync(
            parse,
            async ledger =>
            {
                var filter = new DeliveryFilter(parse.GetValue(connector), parse.GetValue(state), parse.GetValue(reason));
                return parse.GetValue(session) is { } text
                    ? await OneAsync(ledger, context, verb, text, filter, cancel)
                    : await ManyAsync(ledger, context, verb, filter, parse.GetValue(yes), cancel);
            },
            cancel));
        return command;
    }

    private static async Task<int> OneAsync(
        LedgerAccess ledger, CommandContext context, string verb, string text, DeliveryFilter filter, CancellationToken cancel, string? ticket = null)
    {
        var found = await ledger.Reading.SearchAsync(text, 2, cancel);
        return found switch
        {
            [] => context.Terminal.Fail(ExitCode.SomeFailed, $"No session or ticket '{text}' is known."),
            [var key] => await ActAsync(ledger, context, verb, filter with { Session = key }, cancel, ticket),
            _ => context.Terminal.Fail(ExitCode.WrongUse, $"'{text}' fits several sessions; name one in full. 'crmsync show {text}' lists them."),
        };
    }

    private static async Task<int> ManyAsync(
        LedgerAccess ledger, CommandContext context, string verb, DeliveryFilter filter, bool yes, CancellationToken cancel)
    {
        if (filter == new DeliveryFilter())
        {
            return context.Terminal.Fail(ExitCode.WrongUse, $"Name a session, or say which deliveries to {verb} by --connector, --reason or --state.");
        }

        var count = (await ledger.Reading.ListAsync(filter, 0, CountMax, cancel)).Count;
        if (!yes && !context.Terminal.IsInteractive)
        {
            return context.Terminal.Fail(ExitCode.WrongUse, $"{Words.Count(count, "delivery")} fit; add --yes to {verb} them.");
        }

        return yes || await new ConfirmationPrompt($"{verb} {Words.Count(count, "delivery")}?").ShowAsync(context.Terminal.Talk, cancel)
            ? await ActAsync(ledger, context, verb, filter, cancel)
            : ExitCode.Done;
    }

    private static async Task<int> ActAsync(
        LedgerAccess ledger, CommandContext context, string verb, DeliveryFilter filter, CancellationToken cancel, string? ticket = null)
    {
        var changed = await PersonActions.ActAsync(ledger.Actions, new ActionRequest(verb, filter, Environment.UserName, ticket), cancel);
        context.Terminal.WriteLine($"{verb}: {changed} changed.");
        return changed > 0 ? ExitCode.Done : context.Terminal.Fail(ExitCode.SomeFailed, "Nothing fits that can be changed: delivered ones stay delivered, and one that is being sent is left alone.");
    }
}
