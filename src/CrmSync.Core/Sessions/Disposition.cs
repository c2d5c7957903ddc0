namespace CrmSync.Core.Sessions;

/// <summary>What one agent chose and wrote at wrap-up. A session has none, one, or one for each agent who handled it.</summary>
public sealed record Disposition
{
    public long? Id { get; init; }

    /// <summary>The code's own name, such as <c>Refund</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The way to the code through the tree of codes, such as <c>Billing/Charges/Refund</c>.</summary>
    public string? FullPath { get; init; }

    /// <summary>The customer's own id of the code.</summary>
    public string? CustomCodeId { get; init; }

    /// <summary>Plain text as the agent typed it. Untrusted.</summary>
    public string? Note { get; init; }

    /// <summary>Who, as <c>user_id</c> of <c>participants</c>.</summary>
    public long? AgentId { get; init; }

    /// <summary>The agent's name, from the disposition itself, <c>participants</c>, <c>transfers</c> or <c>agent_info</c>.</summary>
    public string? AgentName { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>A later entry of the same agent exists: somebody edited the disposition after the session.</summary>
    public bool Superseded { get; init; }

    /// <summary>Where in the file it was found, as in <c>dispositions[0]</c>.</summary>
    public string FoundAt { get; init; } = string.Empty;

    /// <summary>The full path, or the code alone; null for a note without a code.</summary>
    public string? Path => FullPath ?? Code;
}
