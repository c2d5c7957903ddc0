using CrmSync.Core.Configuration;

namespace CrmSync.Connectors.Zendesk;

/// <summary>One connector of kind Zendesk: section <c>Connectors:NAME</c>.</summary>
public sealed class ZendeskOptions
{
    /// <summary>Always <c>Zendesk</c>.</summary>
    public string Kind { get; set; } = ZendeskKind.Name;

    /// <summary>Address of the account, e.g. <c>https://example.zendesk.com</c>. Plain http is taken for this machine only (simulator).</summary>
    public Uri? Url { get; set; }

    /// <summary>Further hosts that <c>out_ticket_url</c> may name, e.g. a host-mapped help desk. Nothing in that link is ever fetched.</summary>
    public IList<string> Hosts { get; set; } = [];

    /// <summary>Identifier of the OAuth client made in Admin Center.</summary>
    public string? ClientId { get; set; }

    /// <summary>Secret of the OAuth client.</summary>
    public Secret? ClientSecret { get; set; }

    /// <summary>Scopes to ask for, separated by spaces. Default <c>read write</c>.</summary>
    public string Scope { get; set; } = "read write";

    /// <summary>Legacy: the agent an API token belongs to. Zendesk turns all API tokens off on 2027-04-30.</summary>
    public string? ApiTokenUser { get; set; }

    /// <summary>Legacy: the API token. Use <see cref="ClientId"/> instead.</summary>
    public Secret? ApiToken { get; set; }

    /// <summary>How tickets are written. Default <c>Auto</c>: bulk jobs from <see cref="BulkFrom"/> tickets on.</summary>
    public ZendeskMode Mode { get; set; } = ZendeskMode.Auto;

    /// <summary>From how many ready tickets on a bulk job costs fewer calls than single updates. Default 4.</summary>
    public int BulkFrom { get; set; } = 4;

    /// <summary>How long a delivery may wait for company. Default 15 seconds; zero in mode <c>OneByOne</c>.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Uploads or single updates under way at once. Default 4.</summary>
    public int Concurrency { get; set; } = 4;

    /// <summary>Longest wait for one answer. Default 25 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>After a lost answer Zendesk may still be working: how long to wait before asking. Default 1 minute, at least <see cref="Timeout"/>.</summary>
    public TimeSpan Settle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>First wait before a bulk job is asked for; it grows to ten times that. Default 2 seconds.</summary>
    public TimeSpan JobPoll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A job that has not ended by then is looked for later, ticket by ticket. Default 2 minutes.</summary>
    public TimeSpan JobWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Where the session's JSON goes. Default <c>File</c>; <c>Inline</c> puts it below the note and saves a call where it fits.</summary>
    public ZendeskAttach Attach { get; set; } = ZendeskAttach.File;

    /// <summary>Ending of the file's name: <c>json</c>, or <c>txt</c> where the account does not allow JSON files. Default <c>json</c>.</summary>
    public string AttachmentExtension { get; set; } = "json";

    /// <summary>Default <c>Html</c>, from template <c>internal-note</c>; <c>PlainText</c> uses <c>internal-note-text</c>.</summary>
    public ZendeskFormat Format { get; set; } = ZendeskFormat.Html;

    /// <summary>What to do when the ticket is closed, which is final in Zendesk. Default <c>FollowUp</c>.</summary>
    public ZendeskClosed ClosedTickets { get; set; } = ZendeskClosed.FollowUp;

    /// <summary>Ids of custom fields to fill; each has a template <c>field-ID.sbn-txt</c>. An empty result leaves the field alone.</summary>
    public IList<long> CustomFields { get; set; } = [];

    /// <summary>Adds the words that template <c>tags.sbn-txt</c> gives to the ticket's tags. Default false. Costs a call in single updates.</summary>
    public bool Tags { get; set; }

    /// <summary>Bulk jobs put a tag <c>crmsync_…</c> on the ticket, by which a hundred tickets in doubt are checked in one call. Default true.</summary>
    public bool MarkerTag { get; set; } = true;

    /// <summary>Shows the session's agent as author of the note, if Zendesk knows the agent's email address. Default false.</summary>
    public bool AuthorFromAgent { get; set; }

    /// <summary>When a session changed: blanks the file of the earlier note for good. Default false, both stay.</summary>
    public bool RedactPrevious { get; set; }

    /// <summary>Share of the account's requests per minute that CrmSync may use, above 0 up to 1. Default 0.5.</summary>
    public double QuotaShare { get; set; } = 0.5;

    /// <summary>Looks for the customer's one open ticket when a session names none, by email address or telephone number. Default false.</summary>
    public bool FindByRequester { get; set; }

    /// <summary>How far from the session that ticket may have been made. Default 2 hours.</summary>
    public TimeSpan FindWithin { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Regular expression with one group for ticket ids in a house style, e.g. <c>^ZD-(\d+)$</c>. Default: none.</summary>
    public string? TicketPattern { get; set; }
}

public enum ZendeskMode
{
    /// <summary>Single updates for few tickets, bulk jobs for many.</summary>
    Auto,

    /// <summary>One update a ticket.</summary>
    OneByOne,

    /// <summary>Bulk jobs, however few tickets there are.</summary>
    Bulk,
}

public enum ZendeskAttach
{
    /// <summary>A file on the comment.</summary>
    File,

    /// <summary>Below the note, in the same comment; a file where it does not fit.</summary>
    Inline,
}

public enum ZendeskFormat
{
    Html,
    PlainText,
}

public enum ZendeskClosed
{
    /// <summary>A follow-up ticket is made, once.</summary>
    FollowUp,

    /// <summary>The delivery is parked for a person.</summary>
    Park,

    /// <summary>The delivery ends as skipped.</summary>
    Skip,
}
