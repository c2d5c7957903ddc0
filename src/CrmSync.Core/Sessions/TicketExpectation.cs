namespace CrmSync.Core.Sessions;

/// <summary>Whether a session should have a CRM record.</summary>
public enum TicketExpectation
{
    /// <summary>The file names one.</summary>
    Present,

    /// <summary>There should be one, and the platform may still fill it in with a later revision.</summary>
    Missing,

    /// <summary>The platform makes none for such a session: nobody handled it.</summary>
    NoneExpected,
}

/// <summary>Tells a ticket that is missing from one that nobody will ever make.</summary>
public static class TicketExpectations
{
    /// <summary>
    /// Records are made when an agent is assigned, for voicemails too; sessions that end before (abandoned, in the menu,
    /// deflected) get one only if the admin enabled it (CCAI Platform, "CRM record creation").
    /// </summary>
    public static TicketExpectation Of(SessionMetadata session)
    {
        if (session.OutTicket is not null)
        {
            return TicketExpectation.Present;
        }

        return session.HasHumanAgent || IsVoicemail(session) || !EndedUnattended(session)
            ? TicketExpectation.Missing
            : TicketExpectation.NoneExpected;
    }

    private static bool EndedUnattended(SessionMetadata session) =>
        session.Status?.Name is "deflected" or "abandoned" or "no_response" or "canceled" or "cancelled" or "failed" or "selecting"
        || session.FailReason is "eu_abandoned" or "eu_in_menu_abandoned"
        || session.IsDeflected;

    private static bool IsVoicemail(SessionMetadata session) =>
        session.Status?.Name.StartsWith("voicemail", StringComparison.Ordinal) is true;
}
