namespace CrmSync.Connectors.Email;

/// <summary>How one system that reads mail finds the ticket, what it refuses, and how much it takes.</summary>
/// <param name="Name">As in <see cref="EmailOptions.Preset"/>.</param>
/// <param name="Subject">With <c>{subject}</c>, <c>{ticket}</c>, <c>{tag}</c>.</param>
/// <param name="TicketPattern">What a ticket id looks like; ids that do not match are not sent, for a wrong tag opens a new ticket.</param>
internal sealed record EmailPreset(string Name, string Subject, string TicketPattern)
{
    /// <summary>First line of the body, with <c>{ticket}</c>; null for none.</summary>
    public string? FirstLine { get; init; }

    /// <summary>Default for <c>{tag}</c>; null when there is no default and the subject needs one.</summary>
    public string? Tag { get; init; }

    /// <summary>False when mail without a ticket has its place too.</summary>
    public bool NeedsTicket { get; init; } = true;

    /// <summary>True when the system takes mail that says it is automatic.</summary>
    public bool AutoSubmitted { get; init; }

    /// <summary>True when people read the mail itself.</summary>
    public bool Timeline { get; init; }

    public long MailBytesMax { get; init; } = 10 * Mebi;

    /// <summary>0 for no limit.</summary>
    public int MailsPerHourMax { get; init; }

    /// <summary>How an admin learns that a mail did not become a note, in one sentence.</summary>
    public string Confirmation { get; init; } = "The system reports a mail that it did not take to the envelope sender.";

    internal const long Mebi = 1024 * 1024;
}

/// <summary>The presets. Sources and what was measured: docs/connect-email.md.</summary>
internal static class EmailPresets
{
    public static readonly EmailPreset Mailbox = new("Mailbox", "{subject}", "[A-Za-z0-9._#:-]{1,64}")
    {
        NeedsTicket = false,
        AutoSubmitted = true,
        Timeline = true,
        Confirmation = "A mail that could not be delivered comes back to the envelope sender.",
    };

    public static readonly IReadOnlyList<EmailPreset> All =
    [
        Mailbox,

        // Without the exact $rtname the mail opens a new ticket; with an unknown id it is accepted, dropped and reported.
        new("RequestTracker", "[{tag} #{ticket}] {subject}", "[0-9]{1,12}") { AutoSubmitted = true },

        // MailHandler ignores mail with Auto-Submitted; its default attachment limit is 5 MiB.
        new("Redmine", "[{tag} #{ticket}] {subject}", "[0-9]{1,12}") { Tag = "ticket", MailBytesMax = 7 * EmailPreset.Mebi },

        new("Znuny", "[{tag}{ticket}] {subject}", "[0-9]{5,24}") { Tag = "Ticket#", AutoSubmitted = true },

        new("Zammad", "[{tag}{ticket}] {subject}", "[0-9]{4,24}") { Tag = "Ticket#", AutoSubmitted = true },

        // The encoded id, not the ticket number. Zendesk suspends automatic mail and takes much mail from one sender for a loop.
        new("Zendesk", "{subject}", "[0-9A-Z]{4,12}-[0-9A-Z]{2,12}")
        {
            FirstLine = "[{ticket}]",
            MailsPerHourMax = 20,
            Confirmation = "Suspended mail is listed in Zendesk under Suspended tickets. Prefer a connector of kind Zendesk.",
        },

        // The threading token is made by Salesforce.
        new("Salesforce", "{subject} {ticket}", "thread::[A-Za-z0-9_-]{4,100}::")
        {
            FirstLine = "{ticket}",
            AutoSubmitted = true,
            MailBytesMax = 25 * EmailPreset.Mebi,
            Confirmation = "A mail without its token becomes a new case. Prefer a connector of kind Salesforce.",
        },

        // Records are found by number only in a subject that begins with the reply prefix, in this spelling.
        new("ServiceNow", "Re: {ticket} {subject}", "[A-Z]{2,8}[0-9]{5,12}")
        {
            Confirmation = "Mail that was not processed is listed in ServiceNow under System Mailboxes, Inbound.",
        },

        new("Freshdesk", "[{tag}#{ticket}] {subject}", "[0-9]{1,15}") { Tag = "" },

        // Mail that says it is automatic, or bulk, is rejected; files above 25 MB in all are not fetched.
        new("JiraServiceManagement", "{ticket} {subject}", "[A-Z][A-Z0-9_]{1,20}-[0-9]{1,12}")
        {
            MailBytesMax = 25 * EmailPreset.Mebi,
            Confirmation = "Refused mail is listed in Jira's email processing log.",
        },

        new("Dynamics", "{subject} {ticket}", "CRM:[0-9]{4,12}")
        {
            Confirmation = "Mail without a known tracking token stays untracked in the queue's mailbox.",
        },
    ];

    public static EmailPreset? Named(string name) =>
        All.FirstOrDefault(preset => string.Equals(preset.Name, name, StringComparison.OrdinalIgnoreCase));
}
