using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>
/// What Zendesk does to a ticket and what it refuses, in the order it refuses it. Guarded by the account's lock.
/// </summary>
internal sealed class ZendeskTickets(
    ZendeskUsers users, ZendeskUploads uploads, ZendeskFields fields, ZendeskIds ids, bool refusalsSpendUploads, TimeProvider clock)
{
    public const int CommentsMax = 5_000;

    public const int CommentBytesMax = 65_535;

    private readonly SortedDictionary<long, ZendeskTicket> _tickets = [];

    private long _lastId = 100_000;

    public IEnumerable<ZendeskTicket> All => _tickets.Values;

    public ZendeskTicket Seed(long? id = null)
    {
        var ticket = new ZendeskTicket(id ?? ++_lastId, users.Customer.Id, clock.GetUtcNow());
        _tickets.Add(ticket.Id, ticket);
        _lastId = Math.Max(_lastId, ticket.Id);
        return ticket;
    }

    /// <summary>Null for an unknown id and for a soft-deleted ticket: the API says 404 to both.</summary>
    public ZendeskTicket? Find(long id) => _tickets.TryGetValue(id, out var ticket) && !ticket.Deleted ? ticket : null;

    /// <summary>Seeing through the soft delete, for the read-back surface.</summary>
    public ZendeskTicket? FindAny(long id) => _tickets.GetValueOrDefault(id);

    /// <param name="version">The ticket's version when a job was queued: a safe update without a stamp compares with that.</param>
    public (ZendeskAudit? Audit, ZendeskAnswer? Refusal) Update(long id, ZendeskTicketPatch patch, long updater, int? version = null)
    {
        if (Find(id) is not { } ticket)
        {
            return (null, ZendeskAnswer.NotFound);
        }

        if (ticket.Hidden)
        {
            return (null, ZendeskAnswer.Forbidden);
        }

        var stale = patch.Stamp < ticket.UpdatedAt || (patch.Stamp is null && version is not null && version != ticket.Version);
        var refusal = ticket.Status == "closed" ? ZendeskAnswer.Invalid("status", "Status: closed prevents ticket update")
            : stale ? ZendeskAnswer.Conflict
            : Complaint(ticket, patch);

        if (refusal is not null && refusalsSpendUploads)
        {
            patch.Comment?.Uploads.ToList().ForEach(token => uploads.Take(token));
        }

        return refusal is null ? (Apply(ticket, patch, updater), null) : (null, refusal);
    }

    public (ZendeskTicket? Ticket, ZendeskAudit? Audit, ZendeskAnswer? Refusal) Create(ZendeskTicketPatch patch, long submitter)
    {
        if (patch.Comment is null)
        {
            return (null, null, ZendeskAnswer.Invalid("base", "Description: cannot be blank", "BlankValue"));
        }

        var source = patch.FollowUpSource is { } from ? FindAny(from) : null;

        if (patch.FollowUpSource is not null && source is not { Status: "closed" })
        {
            return (null, null, ZendeskAnswer.Invalid("via_followup_source_id", "Followup source must be a closed ticket", "InvalidValue"));
        }

        var ticket = new ZendeskTicket(_lastId + 1, patch.RequesterId ?? source?.RequesterId ?? submitter, clock.GetUtcNow())
        {
            FollowUpSource = source?.Id,
            SubmitterId = submitter,
            IsPublic = patch.Comment.Public ?? true,
            Status = "new",
        };

        // A follow-up takes over the tags of its source unless the request brings its own.
        if (patch.Tags is null && source is not null)
        {
            ticket.Tags.UnionWith(source.Tags);
        }

        if (Complaint(ticket, patch) is { } refusal)
        {
            return (null, null, refusal);
        }

        _tickets.Add(ticket.Id, ticket);
        _lastId = ticket.Id;
        source?.FollowUps.Add(ticket.Id);
        return (ticket, Apply(ticket, patch, submitter), null);
    }

    /// <summary>Closes <paramref name="source"/> and says in both where the conversation went on.</summary>
    public void Merge(ZendeskTicket source, ZendeskTicket target)
    {
        Say(target, $"Request #{source.Id} \"{source.Subject}\" was closed and merged into this request.");
        Say(source, $"This request was closed and merged into request #{target.Id} \"{target.Subject}\".");
        source.Status = "closed";
    }

    /// <summary>Another writer's update: what makes a stamp stale.</summary>
    public void Say(ZendeskTicket ticket, string text) => Apply(ticket, ZendeskTicketPatch.Saying(text), users.Owner.Id);

    private ZendeskAnswer? Complaint(ZendeskTicket ticket, ZendeskTicketPatch patch) =>
        (patch.Comment is { } comment ? Complaint(ticket, comment) : null)
            ?? (patch.RequesterId is { } requester && users.Find(requester) is null
                ? ZendeskAnswer.Invalid("requester", "Requester: is invalid", "InvalidValue") : null)
            ?? patch.CustomFields.Select(field => fields.Complaint(field.Key, field.Value)).FirstOrDefault(found => found is not null)
            ?? fields.Missing(ticket, patch);

    private ZendeskAnswer? Complaint(ZendeskTicket ticket, ZendeskCommentPatch comment)
    {
        if (comment.IsBlank)
        {
            return ZendeskAnswer.Invalid("comment", "Comment: cannot be blank", "BlankValue");
        }

        if (Encoding.UTF8.GetByteCount(comment.HtmlBody ?? comment.Body!) > CommentBytesMax)
        {
            return ZendeskAnswer.Invalid("comment", $"Comment: is too long (maximum is {CommentBytesMax} characters)", "ValueTooLong");
        }

        if (ticket.Comments.Count >= CommentsMax)
        {
            return ZendeskAnswer.Invalid("base", "Ticket has reached the maximum number of comments (5000)", "TooManyComments");
        }

        if (comment.AuthorId is { } author && users.Find(author) is not { Suspended: false })
        {
            return ZendeskAnswer.Invalid("author", "Author: is invalid", "InvalidValue");
        }

        return comment.Uploads.All(uploads.IsLive) ? null : ZendeskAnswer.NotFound;
    }

    private ZendeskAudit Apply(ZendeskTicket ticket, ZendeskTicketPatch patch, long updater)
    {
        var audit = new ZendeskAudit(ids.Next(), ticket.Id, updater, clock.GetUtcNow(), [], patch.Metadata);

        if (patch.Comment is { } comment)
        {
            AddComment(ticket, comment, audit);
        }

        Set(patch.Subject, "subject", value => ticket.Subject = value);
        Set(patch.Status, "status", value => ticket.Status = value);
        Set(patch.Priority, "priority", value => ticket.Priority = value);
        Set(patch.ExternalId, "external_id", value => ticket.ExternalId = value);
        ticket.RequesterId = patch.RequesterId ?? ticket.RequesterId;
        ApplyTags(ticket, patch, audit);

        foreach (var (field, value) in patch.CustomFields.Where(field => fields.Has(field.Key)))
        {
            ticket.CustomFields[field] = value?.DeepClone();
            audit.Events.Add(new JsonObject { ["id"] = ids.Next(), ["type"] = "Change", ["field_name"] = $"{field}", ["value"] = value?.DeepClone() });
        }

        ticket.Audits.Add(audit);
        ticket.Touch(clock.GetUtcNow());
        return audit;

        void Set(string? value, string name, Action<string> assign)
        {
            if (value is null)
            {
                return;
            }

            assign(value);
            audit.Events.Add(new JsonObject { ["id"] = ids.Next(), ["type"] = "Change", ["field_name"] = name, ["value"] = value });
        }
    }

    private void AddComment(ZendeskTicket ticket, ZendeskCommentPatch patch, ZendeskAudit audit)
    {
        var html = patch.HtmlBody ?? ZendeskHtml.FromText(patch.Body!);
        var comment = new ZendeskComment(
            ids.Next(), audit.Id, patch.AuthorId ?? audit.AuthorId, html, patch.Public ?? ticket.IsPublic, audit.CreatedAt)
        {
            PlainBody = ZendeskHtml.ToText(html),
        };

        foreach (var token in patch.Uploads)
        {
            comment.Attachments.AddRange(uploads.Take(token));
        }

        ticket.Comments.Add(comment);
        audit.Events.Add(ZendeskViews.Comment(comment, baseUrl: ""));
    }

    private void ApplyTags(ZendeskTicket ticket, ZendeskTicketPatch patch, ZendeskAudit audit)
    {
        if (patch.Tags is null && patch.AdditionalTags.Count == 0 && patch.RemoveTags.Count == 0)
        {
            return;
        }

        if (patch.Tags is not null)
        {
            ticket.Tags.Clear();
            ticket.Tags.UnionWith(patch.Tags);
        }

        ticket.Tags.UnionWith(patch.AdditionalTags);
        ticket.Tags.ExceptWith(patch.RemoveTags);
        audit.Events.Add(new JsonObject
        {
            ["id"] = ids.Next(),
            ["type"] = "Change",
            ["field_name"] = "tags",
            ["value"] = new JsonArray([.. ticket.Tags.Select(tag => (JsonNode)tag)]),
        });
    }
}
