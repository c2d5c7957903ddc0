namespace CrmSync.Connectors.Zendesk;

/// <summary>Zendesk's own numbers.</summary>
internal static class ZendeskLimits
{
    /// <summary>Tickets in one <c>update_many</c> (Tickets reference, "Update Many Tickets").</summary>
    public const int TicketsInJob = 100;

    /// <summary>
    /// A comment takes about 65,000 characters (Zendesk staff, community post 4719863289498); the rest is room for the footer and for
    /// counting differently than Zendesk does.
    /// </summary>
    public const int NoteBytesMax = 60_000;

    /// <summary>Comments in one page (Ticket Comments reference).</summary>
    public const int CommentsInPage = 100;

    /// <summary>Comments on one ticket (Tickets reference); the probe reads no further.</summary>
    public const int CommentsOnTicket = 5_000;

    /// <summary>Tokens live 60 minutes (Attachments reference); an older one is not relied upon.</summary>
    public static readonly TimeSpan UploadReuse = TimeSpan.FromMinutes(50);

    /// <summary>API tokens stop working (developer documentation, "Migrating from API tokens to OAuth").</summary>
    public static readonly DateOnly ApiTokensEnd = new(2027, 4, 30);
}
