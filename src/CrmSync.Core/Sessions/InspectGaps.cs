namespace CrmSync.Core.Sessions;

/// <summary>Says what a note made of a session would lack, and why that may be.</summary>
internal static class InspectGaps
{
    public static IEnumerable<string> Of(SessionMetadata session)
    {
        if (!session.IsFinal)
        {
            yield return $"The status is {session.Status?.Name ?? "missing"}: nothing is delivered before the session is over.";
        }

        if (session.TicketExpectation is TicketExpectation.Missing)
        {
            yield return "No ticket: the delivery would wait for a later export that names one.";
        }

        if (session.TicketExpectation is TicketExpectation.NoneExpected)
        {
            yield return "No ticket, and none is expected: nobody handled the session, so the platform makes none.";
        }

        if (session.Dispositions.Count == 0 && session.HasHumanAgent)
        {
            yield return "No codes or notes of agents: the first export lacks them; if a later one does too, set DispositionPaths.";
        }

        foreach (var disposition in session.Dispositions.Where(entry => entry.AgentName is null))
        {
            yield return $"No agent's name for {disposition.FoundAt}.";
        }

        if (session.EndsAt is null || session.UpdatedAt is null)
        {
            yield return "No ends_at or no updated_at: when the session has settled can only be guessed.";
        }

        if (session.Type is null || session.Type.Channel is SessionChannel.Other)
        {
            yield return "The session type is missing or unknown; it is shown as it is.";
        }
    }
}
