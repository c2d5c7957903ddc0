namespace CrmSync.Core.Sessions;

/// <summary>Names of the people who handled a session, by agent id. <c>agent_info</c> comes last: it names one handler only.</summary>
internal sealed class AgentNames
{
    private readonly Dictionary<long, string> _names = [];

    public AgentNames(SessionMetadata session)
    {
        foreach (var party in session.Participants.Where(party => party.IsAgent))
        {
            Add(party.UserId, party.Name);
        }

        foreach (var transfer in session.Transfers)
        {
            Add(transfer.FromAgent);
            Add(transfer.ToAgent);
        }

        Add(session.AgentInfo);
    }

    /// <summary>The agent's name. Without an id the only agent there is must be meant.</summary>
    public string? Of(long? agentId) =>
        agentId is { } id ? _names.GetValueOrDefault(id) : _names.Count == 1 ? _names.Values.First() : null;

    private void Add(AgentInfo? agent)
    {
        if (agent is { IsVirtual: false })
        {
            Add(agent.Id, agent.Name);
        }
    }

    private void Add(long? agentId, string? name)
    {
        if (agentId is { } id && name is not null)
        {
            _names.TryAdd(id, name);
        }
    }
}
