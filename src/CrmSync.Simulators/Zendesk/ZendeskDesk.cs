using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>
/// The account as its agents see it: what is on each ticket, and what people do to tickets behind the API's back. For tests, the demo and
/// the read-back surface.
/// </summary>
public sealed class ZendeskDesk
{
    private readonly ZendeskAccount _account;

    internal ZendeskDesk(ZendeskAccount account) => _account = account;

    /// <summary>Uploads that no comment took and nobody deleted.</summary>
    public int AbandonedUploads => Read(() => _account.Uploads.Abandoned);

    /// <summary>Makes a ticket, with <paramref name="id"/> or the next free one.</summary>
    public long AddTicket(long? id = null) => Read(() => _account.Tickets.Seed(id).Id);

    public bool Has(long id) => Read(() => _account.Tickets.FindAny(id) is not null);

    public ZendeskTicketView Ticket(long id) => Read(() => View(_account.Tickets.FindAny(id)
        ?? throw new ArgumentException($"There is no ticket {id}.", nameof(id))));

    /// <summary>Every ticket with at least one comment, by id.</summary>
    public IReadOnlyList<ZendeskTicketView> Touched() => Read(() =>
        _account.Tickets.All.Where(ticket => ticket.Comments.Count > 0).Select(View).ToList());

    public void SetStatus(long id, string status) => Change(id, ticket => ticket.Status = status);

    public void SetExternalId(long id, string externalId) => Change(id, ticket => ticket.ExternalId = externalId);

    public void SetPublicByDefault(long id, bool isPublic) => Change(id, ticket => ticket.IsPublic = isPublic);

    public void SetRequester(long id, long user) => Change(id, ticket => ticket.RequesterId = user);

    /// <summary>What Zendesk does to tickets four months after they closed.</summary>
    public void Archive(long id) => Change(id, ticket => (ticket.Status, ticket.Archived) = ("closed", true));

    /// <summary>A ticket of a group whose tickets CrmSync's user may not see.</summary>
    public void Hide(long id) => SetHidden(id, hidden: true);

    public void SetHidden(long id, bool hidden) => Change(id, ticket => ticket.Hidden = hidden);

    public void Delete(long id) => SetDeleted(id, deleted: true);

    public void SetDeleted(long id, bool deleted) => Change(id, ticket => ticket.Deleted = deleted);

    /// <summary>Jobs that are still queued end half-way as <c>killed</c>.</summary>
    public void KillJobs()
    {
        lock (_account.Gate)
        {
            _account.Jobs.Kill();
        }
    }

    /// <summary>Another writer's comment: makes an <c>updated_stamp</c> stale.</summary>
    public void Comment(long id, string text) => Change(id, ticket => _account.Tickets.Say(ticket, text));

    public void Merge(long source, long target) =>
        Change(source, ticket => _account.Tickets.Merge(ticket, _account.Tickets.FindAny(target)!));

    public void AddTags(long id, params IEnumerable<string> tags) => Change(id, ticket => ticket.Tags.UnionWith(tags));

    /// <summary>What each update of the ticket brought along as <c>metadata</c>, oldest first; null where it brought none.</summary>
    public IReadOnlyList<JsonNode?> CustomMetadata(long id) => Read(() =>
        _account.Tickets.FindAny(id)!.Audits.Select(audit => audit.Custom?.DeepClone()).ToList());

    internal JsonObject ReadBack() => new()
    {
        ["abandonedUploads"] = AbandonedUploads,
        ["tickets"] = new JsonArray([.. Touched().Select(ticket => (JsonNode)Json(ticket))]),
    };

    private static JsonObject Json(ZendeskTicketView ticket) => new()
    {
        ["id"] = ticket.Id,
        ["status"] = ticket.Status,
        ["tags"] = ZendeskViews.Texts(ticket.Tags),
        ["comments"] = new JsonArray([.. ticket.Comments.Select(comment => (JsonNode)new JsonObject
        {
            ["id"] = comment.Id,
            ["public"] = comment.Public,
            ["html"] = comment.Html,
            ["attachments"] = new JsonArray([.. comment.Attachments.Select(file => (JsonNode)new JsonObject
            {
                ["name"] = file.FileName,
                ["contentType"] = file.ContentType,
                ["text"] = Encoding.UTF8.GetString(file.Content),
            })]),
        })]),
    };

    private static ZendeskTicketView View(ZendeskTicket ticket) => new(
        ticket.Id,
        ticket.Status,
        ticket.FollowUpSource,
        [.. ticket.Tags],
        ticket.CustomFields.ToDictionary(field => field.Key, field => field.Value?.ToString()),
        [.. ticket.Comments.Select(View)]);

    private static ZendeskCommentView View(ZendeskComment comment) => new(
        comment.Id,
        comment.AuthorId,
        comment.Public,
        comment.HtmlBody,
        comment.PlainBody,
        [.. comment.Attachments.Select(file => new ZendeskFileView(file.Id, file.FileName, file.ContentType, file.Content))]);

    private void Change(long id, Action<ZendeskTicket> change) => Read(() =>
    {
        var ticket = _account.Tickets.FindAny(id) ?? throw new ArgumentException($"There is no ticket {id}.", nameof(id));
        change(ticket);
        return ticket;
    });

    private T Read<T>(Func<T> read)
    {
        lock (_account.Gate)
        {
            _account.Jobs.Run();
            return read();
        }
    }
}

/// <summary>A ticket as an agent sees it.</summary>
public sealed record ZendeskTicketView(
    long Id,
    string Status,
    long? FollowUpSource,
    IReadOnlyList<string> Tags,
    IReadOnlyDictionary<long, string?> CustomFields,
    IReadOnlyList<ZendeskCommentView> Comments);

/// <summary>A comment as an agent sees it.</summary>
/// <param name="Public">True: the customer reads it too.</param>
public sealed record ZendeskCommentView(
    long Id, long AuthorId, bool Public, string Html, string Text, IReadOnlyList<ZendeskFileView> Attachments);

/// <summary>A file on a comment.</summary>
public sealed record ZendeskFileView(long Id, string FileName, string ContentType, byte[] Content);
