namespace CrmSync.Core.Sessions;

/// <summary>Root key <c>agent_info</c>, or an agent named in a transfer. On a mixed session it may be the virtual agent.</summary>
public sealed record AgentInfo
{
    public long? Id { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? AgentNumber { get; init; }

    public string? AvatarUrl { get; init; }

    public string? VaAlias { get; init; }

    /// <summary>True for the virtual agent's shape: <c>va_alias</c> is there (even as null) and no email is.</summary>
    public bool IsVirtual { get; init; }

    internal static AgentInfo Read(JsonFields fields)
    {
        var email = fields.Text("email"u8);
        return new AgentInfo
        {
            Id = fields.Integer("id"u8),
            Name = fields.Text("name"u8),
            Email = email,
            FirstName = fields.Text("first_name"u8),
            LastName = fields.Text("last_name"u8),
            AgentNumber = fields.Text("agent_number"u8),
            AvatarUrl = fields.Text("avatar_url"u8),
            VaAlias = fields.Text("va_alias"u8),
            IsVirtual = email is null && fields.Element.TryGetProperty("va_alias"u8, out _),
        };
    }
}

/// <summary>Root key <c>end_user</c>: the customer.</summary>
/// <param name="Identifier">A phone number, an app user id or an e-mail address, depending on the channel.</param>
/// <param name="OutContactId">The CRM's id of the contact.</param>
public sealed record EndUser(long? Id, string? Identifier, string? OutContactId)
{
    internal static EndUser Read(JsonFields fields) =>
        new(fields.Integer("id"u8), fields.Text("identifier"u8), fields.Text("out_contact_id"u8));
}
