using CrmSync.Core.Configuration;

namespace CrmSync.Connectors.Salesforce;

/// <summary>One connector of kind Salesforce: section <c>Connectors:NAME</c>.</summary>
public sealed class SalesforceOptions
{
    /// <summary>Always <c>Salesforce</c>.</summary>
    public string Kind { get; set; } = SalesforceKind.Name;

    /// <summary>My Domain of the org, e.g. <c>https://example.my.salesforce.com</c>. Plain http is taken for this machine only (simulator).</summary>
    public Uri? Url { get; set; }

    /// <summary>Further hosts that <c>out_ticket_url</c> may name. Nothing in that link is ever fetched.</summary>
    public IList<string> Hosts { get; set; } = [];

    /// <summary>Consumer key of the External Client App.</summary>
    public string? ClientId { get; set; }

    /// <summary>Consumer secret: signs in by client credentials. Leave out for JWT.</summary>
    public Secret? ClientSecret { get; set; }

    /// <summary>JWT: the user to act as.</summary>
    public string? Username { get; set; }

    /// <summary>JWT: the private key in PEM form. Use <c>PrivateKey_FILE</c> to name a file.</summary>
    public Secret? PrivateKey { get; set; }

    /// <summary>JWT: a PFX (PKCS#12) file that holds certificate and key, instead of <see cref="PrivateKey"/>.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>JWT: the content of such a file in base64, for where secrets are text. Use <c>Certificate_FILE</c> to name a file with that text.</summary>
    public Secret? Certificate { get; set; }

    /// <summary>Password of <see cref="CertificateFile"/> or <see cref="Certificate"/>, if it has one.</summary>
    public Secret? CertificatePassword { get; set; }

    /// <summary>JWT: the audience. Default: <c>https://test.salesforce.com</c> for sandbox hosts, else <c>https://login.salesforce.com</c>.</summary>
    public string? Audience { get; set; }

    /// <summary>API version. Default 67.0 (Summer '26); at least 60.0.</summary>
    public string ApiVersion { get; set; } = "67.0";

    /// <summary>How records are written. Default <c>Graph</c>.</summary>
    public SalesforceTransport Transport { get; set; } = SalesforceTransport.Graph;

    /// <summary>
    /// The CrmSync package is in the org, so that a row with a unique key makes each delivery happen once. Default true. False: deliveries are
    /// known by markers, at least once; not with <c>Graph</c>. <c>Singles</c> has no use for it.
    /// </summary>
    public bool Package { get; set; } = true;

    /// <summary>What the note becomes on a Case. Default <c>CaseComment</c>, private.</summary>
    public SalesforceNote CaseNote { get; set; } = SalesforceNote.CaseComment;

    /// <summary>What the note becomes on any other record. Default <c>Task</c>, completed.</summary>
    public SalesforceNote OtherNote { get; set; } = SalesforceNote.Task;

    /// <summary>What a changed session does with the note of before. Default <c>Edit</c>. The file always gets a further version.</summary>
    public SalesforceRevisedNote RevisedNote { get; set; } = SalesforceRevisedNote.Edit;

    /// <summary>
    /// Case fields to fill, by API name, each with a template for its value, e.g. <c>{{ session.disposition.path }}</c>; a blank one is in the
    /// file <c>field-NAME.sbn-txt</c>. An empty result leaves the field alone. Costs 5 calls per 1,000 sessions.
    /// </summary>
    public IDictionary<string, string> CaseFields { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How to find the record of a session that names none. Default: not at all.</summary>
    public SalesforceLookupOptions Lookup { get; set; } = new();

    /// <summary>A record, by id, Case number or link, on which <c>crmsync check</c> tries every write and takes it back. Default: none, no such try.</summary>
    public string? CheckRecord { get; set; }

    /// <summary>
    /// Graphs in one call, 1 to 75. Default 67: three calls for a batch of 200, with room for calls that are not full; fewer while calls are slow.
    /// </summary>
    public int GraphsMax { get; set; } = 67;

    /// <summary>Size of one call, in bytes of its JSON. Default 24 MB; Salesforce takes 50 MB.</summary>
    public int CallBytesMax { get; set; } = 24_000_000;

    /// <summary>Size up to which a file travels together with its note, in bytes. Default 5 MB. A larger one goes ahead by multipart and costs a call of its own.</summary>
    public int InlineFileBytesMax { get; set; } = 5_000_000;

    /// <summary>Whether larger calls are sent gzip-compressed. Default true.</summary>
    public bool CompressRequests { get; set; } = true;

    /// <summary>Calls under way at once, 1 to 4. Default 2: more make row locks more likely.</summary>
    public int Concurrency { get; set; } = 2;

    /// <summary>How long a delivery may wait for company, so that a call fills. Default 2 seconds.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait for one answer. Default 45 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Without the package: how long after a lost answer before asking what arrived. Default 10 minutes, the longest a REST call may run.</summary>
    public TimeSpan Settle { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Part of the org's daily API calls that may be used up, by everybody together, before CrmSync waits; above 0 up to 1. Default 0.8.</summary>
    public double QuotaShare { get; set; } = 0.8;

    /// <summary>Whether the ledger object of the package takes part.</summary>
    internal bool UsesPackage => Package && Transport is not SalesforceTransport.Singles;
}

/// <summary>How records are written, and how sure that makes it that nothing is delivered twice.</summary>
public enum SalesforceTransport
{
    /// <summary>Composite graph, a transaction a session, up to 75 sessions a call. Needs the package: exactly once.</summary>
    Graph,

    /// <summary>One all-or-none composite call a session. With the package exactly once, without it at least once.</summary>
    Composite,

    /// <summary>For backlogs: up to 200 sessions in one call and one transaction. With the package exactly once, without it at least once.</summary>
    Collections,

    /// <summary>File and note in a call each, without the package. A lost answer is looked up by marker; at least once.</summary>
    Singles,
}

public enum SalesforceNote
{
    /// <summary>A private CaseComment, 4,000 bytes. Cases only.</summary>
    CaseComment,

    /// <summary>A completed Task, 32,000 characters.</summary>
    Task,

    /// <summary>A post in the feed that only internal users see, 10,000 characters. Needs Chatter.</summary>
    FeedItem,
}

public enum SalesforceRevisedNote
{
    /// <summary>The note of before gets the new text.</summary>
    Edit,

    /// <summary>A second note is added.</summary>
    Append,

    /// <summary>The note of before stays as it is.</summary>
    Keep,
}

/// <summary>Section <c>Lookup</c>: finds the customer's open Case when a session's file names no record.</summary>
public sealed class SalesforceLookupOptions
{
    /// <summary>What the customer is known by; every hit counts. Default: nothing, no lookup.</summary>
    public IList<SalesforceLookupKey> By { get; set; } = [];

    /// <summary>What several open Cases mean. Default <c>Ambiguous</c>: a person chooses.</summary>
    public SalesforceLookupChoice Several { get; set; } = SalesforceLookupChoice.Ambiguous;

    /// <summary>Without an open Case, whether the customer's Contact takes note and file, if there is exactly one. Default false.</summary>
    public bool Contact { get; set; }
}

public enum SalesforceLookupKey
{
    /// <summary>The Contact that the contact centre knows the customer by (<c>end_user.out_contact_id</c>).</summary>
    Contact,

    /// <summary>Email of Contacts, and of Cases that came in by web or mail.</summary>
    Email,

    /// <summary>Phone numbers of Contacts, and of Cases that came in by web; the last ten digits are compared.</summary>
    Phone,
}

public enum SalesforceLookupChoice
{
    /// <summary>A person chooses.</summary>
    Ambiguous,

    /// <summary>The one that was opened last.</summary>
    NewestOpen,
}
