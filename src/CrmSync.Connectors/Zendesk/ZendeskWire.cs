using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Connectors.Zendesk;

// The shapes Zendesk sends and expects. They never leave this folder.

internal sealed record TokenRequest(string GrantType, string ClientId, string ClientSecret, string Scope, int? ExpiresIn = null);

internal sealed record TokenReply(string? AccessToken, int? ExpiresIn, string? Scope);

internal sealed record UploadReply(Upload? Upload);

internal sealed record Upload(string? Token, WireAttachment? Attachment);

internal sealed record WireAttachment(long Id, string? FileName);

internal sealed record TicketWrite(TicketPatch Ticket);

internal sealed record TicketsWrite(IReadOnlyList<TicketPatch> Tickets);

/// <summary>What is written to a ticket: to an existing one, in a job (with <see cref="Id"/>), or to a new follow-up.</summary>
internal sealed record TicketPatch(CommentPatch Comment)
{
    public long? Id { get; init; }

    public IReadOnlyList<FieldValue>? CustomFields { get; init; }

    /// <summary>Comes back as <c>audit.metadata.custom</c>.</summary>
    public NoteMetadata? Metadata { get; init; }

    /// <summary>Only ever <c>true</c>, and only together with <see cref="UpdatedStamp"/>: <c>false</c> acts like <c>true</c>.</summary>
    public bool? SafeUpdate { get; init; }

    /// <summary>The ticket's <c>updated_at</c>, verbatim.</summary>
    public string? UpdatedStamp { get; init; }

    /// <summary>Documented for jobs only.</summary>
    public IReadOnlyList<string>? AdditionalTags { get; init; }

    /// <summary>On creation only; in an update it would replace every tag.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public long? ViaFollowupSourceId { get; init; }
}

/// <param name="Public">Always sent: what Zendesk assumes depends on how the ticket began, and is usually public.</param>
internal sealed record CommentPatch(bool Public)
{
    public string? Body { get; init; }

    public string? HtmlBody { get; init; }

    public long? AuthorId { get; init; }

    public IReadOnlyList<string>? Uploads { get; init; }
}

internal sealed record FieldValue(long Id, string Value);

internal sealed record NoteMetadata(NoteOrigin Crmsync);

/// <param name="K">Key of the delivery.</param>
/// <param name="V">Version of this shape.</param>
internal sealed record NoteOrigin(string K, string Session, int Revision, int V = 1);

internal sealed record TicketReply(WireTicket? Ticket, WireAudit? Audit);

internal sealed record TicketsReply(IReadOnlyList<WireTicket>? Tickets);

internal sealed record WireTicket(
    long Id, string? Status, string? UpdatedAt, IReadOnlyList<string>? Tags, IReadOnlyList<long>? FollowupIds);

internal sealed record SearchReply(IReadOnlyList<SearchHit>? Results);

internal sealed record SearchHit(long Id);

internal sealed record WireAudit(long Id, IReadOnlyList<WireEvent>? Events);

internal sealed record WireEvent(long Id, string? Type, IReadOnlyList<WireAttachment>? Attachments);

internal sealed record CommentsReply(IReadOnlyList<WireComment>? Comments, PageMeta? Meta);

internal sealed record WireComment(
    long Id, string? Body, DateTimeOffset? CreatedAt, long? AuditId, IReadOnlyList<WireAttachment>? Attachments);

internal sealed record PageMeta(bool HasMore, string? AfterCursor);

internal sealed record TagsWrite(IReadOnlyList<string> Tags);

internal sealed record JobReply(WireJob? JobStatus);

internal sealed record JobsReply(IReadOnlyList<WireJob>? JobStatuses);

/// <param name="Results">An array for ticket jobs; other kinds of jobs send objects, so it is read only when needed.</param>
internal sealed record WireJob(string? Id, string? Status, JsonElement? Results);

internal sealed record JobResult(long Id, bool? Success, string? Status, string? Error, JsonElement? Details);

internal sealed record UsersReply(IReadOnlyList<WireUser>? Users);

internal sealed record UserReply(WireUser? User);

/// <param name="TicketRestriction">E.g. <c>groups</c>, <c>assigned</c>; null for a user who sees all tickets.</param>
internal sealed record WireUser(
    long? Id, string? Name, string? Email, string? Role, string? TicketRestriction = null, bool? Active = null, bool? Suspended = null);

internal sealed record FieldsReply(IReadOnlyList<WireField>? TicketFields, PageMeta? Meta);

internal sealed record WireField(long Id, string? Title, string? Type, bool? Active);

internal sealed record Nothing;

/// <summary>An error body. <c>error</c> is a word, or an object with <c>title</c> and <c>message</c>.</summary>
internal sealed record ErrorReply(JsonElement? Error, string? Description, string? Message, JsonElement? Details);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(UploadReply))]
[JsonSerializable(typeof(TicketWrite))]
[JsonSerializable(typeof(TicketsWrite))]
[JsonSerializable(typeof(TicketReply))]
[JsonSerializable(typeof(TicketsReply))]
[JsonSerializable(typeof(SearchReply))]
[JsonSerializable(typeof(CommentsReply))]
[JsonSerializable(typeof(TagsWrite))]
[JsonSerializable(typeof(JobReply))]
[JsonSerializable(typeof(JobsReply))]
[JsonSerializable(typeof(List<JobResult>))]
[JsonSerializable(typeof(UsersReply))]
[JsonSerializable(typeof(UserReply))]
[JsonSerializable(typeof(FieldsReply))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(ErrorReply))]
internal sealed partial class ZendeskJson : JsonSerializerContext;
