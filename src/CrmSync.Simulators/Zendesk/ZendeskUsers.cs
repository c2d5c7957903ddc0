namespace CrmSync.Simulators.Zendesk;

/// <summary>A user of the simulated account.</summary>
/// <param name="Role"><c>admin</c>, <c>agent</c> or <c>end-user</c>; only the first two may write to tickets.</param>
public sealed record ZendeskUser(long Id, string Name, string Email, string Role, string? Phone = null, string? TicketRestriction = null, bool Suspended = false);

/// <summary>The users of the account. Guarded by the account's lock.</summary>
internal sealed class ZendeskUsers
{
    private readonly Dictionary<long, ZendeskUser> _users = [];

    /// <summary>The user every OAuth token and API token acts as.</summary>
    public ZendeskUser Owner { get; }

    /// <summary>Requester of tickets that name none.</summary>
    public ZendeskUser Customer { get; } = new(900002, "Casey Customer", "casey@example.net", "end-user");

    /// <param name="ownerRestriction">What the owner may see: <c>groups</c>, <c>assigned</c> ...; null for everything.</param>
    public ZendeskUsers(string? ownerRestriction)
    {
        Owner = new ZendeskUser(900001, "CrmSync Service", "crmsync@example.com", "admin", TicketRestriction: ownerRestriction);
        Add(Owner);
        Add(Customer);
    }

    public void Add(ZendeskUser user) => _users[user.Id] = user;

    public ZendeskUser? Find(long id) => _users.GetValueOrDefault(id);

    public ZendeskUser? FindByEmail(string email) =>
        _users.Values.FirstOrDefault(user => string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase));

    /// <summary><c>email:a@b</c>, <c>"a@b"</c> or a part of the name, which is what the search takes in a query.</summary>
    public IReadOnlyList<ZendeskUser> Search(string query)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.StartsWith("type:", StringComparison.Ordinal))
            .Select(word => word.StartsWith("email:", StringComparison.Ordinal) ? word["email:".Length..] : word)
            .Select(word => word.Trim('"'))
            .ToList();

        return
        [
            .. from user in _users.Values
               where words.TrueForAll(word => Contains(user.Email, word) || Contains(user.Name, word))
               orderby user.Id
               select user,
        ];
    }

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
