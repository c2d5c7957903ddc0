using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Model;

/// <summary>One leg of a transfer.</summary>
/// <param name="Cold">True: without a word to the next agent. False: announced. Null: the file does not say.</param>
public sealed record TransferView(
    string From,
    string To,
    string? FromQueue,
    string? ToQueue,
    bool? Cold,
    string? At,
    string? Wait,
    long? WaitSeconds,
    string? Deflection,
    string? Failure,
    string Text);

internal static class TransferViews
{
    public static IReadOnlyList<TransferView> Of(NoteScope scope) => [.. scope.Session.Transfers.Select(transfer => Of(scope, transfer))];

    private static TransferView Of(NoteScope scope, Transfer transfer)
    {
        var fromQueue = scope.Text.Line("menu_path", transfer.FromMenuPath?.Name);
        var toQueue = scope.Text.Line("menu_path", transfer.ToMenuPath?.Name);
        var from = Party(scope, transfer.FromAgent, transfer.FromVirtualAgent) ?? fromQueue ?? "?";
        var to = Party(scope, transfer.ToAgent, transfer.ToVirtualAgent) ?? toQueue ?? "?";
        var cold = IsCold(scope.Session, transfer);

        return new TransferView(
            from,
            to,
            fromQueue,
            toQueue,
            cold,
            transfer.CreatedAt is { } at ? scope.Time.Clock(at) : null,
            NoteScope.InWords(transfer.WaitDuration),
            NoteScope.Seconds(transfer.WaitDuration),
            transfer.Deflection is { } deflection and not "no_deflection" ? scope.Text.Line("deflection", scope.Phrases.Deflection(deflection)) : null,
            transfer.FailReason is { } reason and not "nothing" ? scope.Text.Line("fail_reason", scope.Phrases.FailReason(reason)) : null,
            scope.Phrases.Leg(from, to, cold));
    }

    private static string? Party(NoteScope scope, AgentInfo? agent, VirtualAgent? virtualAgent) =>
        scope.Text.Line("name", agent?.Name) ?? (virtualAgent is null ? null : VirtualAgentViews.NameOf(scope, virtualAgent));

    // The transfer itself does not say: the rows of the agents and queues behind it do.
    private static bool? IsCold(SessionMetadata session, Transfer transfer) => transfer.Id is not { } id ? null
        : session.HandleDurations.Where(stretch => stretch.TransferId == id).Select(stretch => stretch.TransferCold)
            .Concat(session.QueueDurations.Where(wait => wait.TransferId == id).Select(wait => wait.TransferCold))
            .FirstOrDefault(cold => cold is not null);
}
