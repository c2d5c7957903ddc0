using System.Collections.Concurrent;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Zendesk;

/// <summary>From the session's agent to a Zendesk user, by email address. Known answers, also negative ones, are kept for an hour.</summary>
internal sealed class ZendeskAuthors(ZendeskClient client, ZendeskOptions options, TimeProvider clock)
{
    private const int KeptMax = 10_000;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (long? Id, DateTimeOffset Until)> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when the note goes out in CrmSync's own name: not asked for, no agent, or Zendesk does not know the agent.</summary>
    public async Task<long?> AuthorOfAsync(SessionMetadata session, CancellationToken cancel)
    {
        if (!options.AuthorFromAgent || session.AgentInfo is not { IsVirtual: false, Email: { Length: > 0 } email })
        {
            return null;
        }

        if (_known.TryGetValue(email, out var known) && clock.GetUtcNow() < known.Until)
        {
            return known.Id;
        }

        var reply = await client.FindUsersAsync(email, cancel);

        if (reply.Value?.Users is not { } users)
        {
            return null;
        }

        // End users and people who left cannot write private comments, and a search may find similar addresses.
        var author = users.FirstOrDefault(user =>
            user is { Role: "agent" or "admin", Active: not false, Suspended: not true } && string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase))?.Id;

        if (_known.Count >= KeptMax)
        {
            _known.Clear();
        }

        _known[email] = (author, clock.GetUtcNow() + Kept);
        return author;
    }
}
