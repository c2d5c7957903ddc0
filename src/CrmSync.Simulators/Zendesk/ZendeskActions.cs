using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Zendesk;

/// <summary><see cref="ZendeskDesk"/> through the admin surface.</summary>
internal static class ZendeskActions
{
    private static readonly AdminMember Id = new("id", AdminKind.Number, "the ticket's number");

    private static readonly Dictionary<string, ZendeskLimits> Plans = new(StringComparer.Ordinal)
    {
        ["none"] = ZendeskLimits.None,
        ["team"] = ZendeskLimits.Team,
        ["professional"] = ZendeskLimits.Professional,
        ["enterprise"] = ZendeskLimits.Enterprise,
        ["high-volume"] = ZendeskLimits.HighVolume,
    };

    public static IReadOnlyList<AdminAction> For(ZendeskSimulator simulator) => [.. Tickets(simulator), .. Trouble(simulator)];

    private static IEnumerable<AdminAction> Tickets(ZendeskSimulator simulator) =>
    [
        new(
            "add-ticket", "Makes a ticket.",
            [new("id", AdminKind.Number, "its number; default the next free one") { Required = false }],
            given => Add(simulator.Desk, given.NumberOrNull("id"))),
        Of(
            simulator, "set-status", "An agent sets a ticket's status; a closed one takes no more updates.",
            [Id, new("status", AdminKind.Text, "the status") { Allowed = ["new", "open", "pending", "hold", "solved", "closed"] }],
            (desk, given) => desk.SetStatus(Ticket(desk, given), given.Text("status"))),
        Of(simulator, "delete-ticket", "Deletes a ticket.", [Id, AdminAction.On], (desk, given) => desk.SetDeleted(Ticket(desk, given), given.On)),
        Of(simulator, "hide-ticket", "Moves a ticket to a group that the user of the API may not see.", [Id, AdminAction.On], (desk, given) => desk.SetHidden(Ticket(desk, given), given.On)),
        Of(simulator, "archive-ticket", "What happens to tickets four months after they closed.", [Id], (desk, given) => desk.Archive(Ticket(desk, given))),
        Of(
            simulator, "merge-tickets", "Closes one ticket and says in both where the conversation went on.",
            [new("source", AdminKind.Number, "the ticket that is closed"), new("target", AdminKind.Number, "the ticket that goes on")],
            Merge),
        Of(
            simulator, "comment", "An agent comments on a ticket, which makes what others know of it stale.",
            [Id, new("text", AdminKind.Text, "the comment")],
            (desk, given) => desk.Comment(Ticket(desk, given), given.Text("text"))),
    ];

    private static IEnumerable<AdminAction> Trouble(ZendeskSimulator simulator) =>
    [
        AdminAction.ExpireTokens(simulator),
        AdminAction.Of(
            "limits", "Sets the request limits to those of a plan; counting starts anew.",
            [new("plan", AdminKind.Text, "the plan") { Allowed = [.. Plans.Keys] }],
            given => simulator.Limit(Plans[given.Text("plan")])),
        Of(simulator, "kill-jobs", "Jobs that are still queued end half-way as killed.", [], (desk, _) => desk.KillJobs()),
    ];

    // The desk is asked for at each call: a reset makes another account.
    private static AdminAction Of(
        ZendeskSimulator simulator, string name, string does, IReadOnlyList<AdminMember> members, Action<ZendeskDesk, AdminArguments> run) =>
        AdminAction.Of(name, does, members, given => run(simulator.Desk, given));

    private static JsonObject Add(ZendeskDesk desk, long? id) => id is { } taken && desk.Has(taken)
        ? throw new AdminRefusalException($"There is a ticket {taken}.", "id")
        : new JsonObject { ["id"] = desk.AddTicket(id) };

    private static void Merge(ZendeskDesk desk, AdminArguments given)
    {
        var (source, target) = (Ticket(desk, given, "source"), Ticket(desk, given, "target"));
        if (source == target)
        {
            throw new AdminRefusalException("A ticket cannot be merged into itself.", "target");
        }

        desk.Merge(source, target);
    }

    private static long Ticket(ZendeskDesk desk, AdminArguments given, string member = "id") => desk.Has(given.Number(member))
        ? given.Number(member)
        : throw new AdminRefusalException($"There is no ticket {given.Number(member)}.", member);
}
