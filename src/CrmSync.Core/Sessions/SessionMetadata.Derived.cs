namespace CrmSync.Core.Sessions;

/// <content>What follows from the fields.</content>
public sealed partial record SessionMetadata
{
    /// <summary><c>call_duration</c> or <c>chat_duration</c>, as reported by the platform.</summary>
    public TimeSpan? Duration => CallDuration ?? ChatDuration;

    /// <summary>True when nothing more can happen to the session itself. A file without a status counts by its end.</summary>
    public bool IsFinal => Status?.IsTerminal ?? EndsAt is not null;

    /// <summary>Whether a person of the contact centre took part.</summary>
    public bool HasHumanAgent =>
        HandleDurations.Any(stretch => stretch.AgentId is not null)
        || Participants.Any(party => party is { IsAgent: true, ConnectedAt: not null })
        || AgentInfo is { IsVirtual: false };

    /// <summary>Whether the session was sent elsewhere than to the agents of its queue.</summary>
    public bool IsDeflected => Status?.Name == "deflected" || Deflection is not (null or "no_deflection");

    /// <summary>Whether the session should have a CRM record.</summary>
    public TicketExpectation TicketExpectation => TicketExpectations.Of(this);

    /// <summary>This content of the file. Hashed when first asked for; about the original bytes, also on a changed copy.</summary>
    public Revision Revision => field ??= RevisionHashes.Of(this);
}
