using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>The JSON shapes of the API, as the official OpenAPI file has them.</summary>
internal static class ZendeskViews
{
    public static JsonObject Ticket(ZendeskTicket ticket, string baseUrl) => new()
    {
        ["url"] = $"{baseUrl}/api/v2/tickets/{ticket.Id}.json",
        ["id"] = ticket.Id,
        ["encoded_id"] = ticket.EncodedId,
        ["external_id"] = ticket.ExternalId,
        ["via"] = new JsonObject { ["channel"] = "api", ["source"] = Source(ticket) },
        ["created_at"] = ticket.CreatedAt.ToZendesk(),
        ["updated_at"] = ticket.UpdatedAt.ToZendesk(),
        ["subject"] = ticket.Subject,
        ["raw_subject"] = ticket.Subject,
        ["priority"] = ticket.Priority,
        ["status"] = ticket.Status,
        ["requester_id"] = ticket.RequesterId,
        ["submitter_id"] = ticket.SubmitterId,
        ["is_public"] = ticket.IsPublic,
        ["tags"] = Texts(ticket.Tags),
        ["custom_fields"] = new JsonArray([.. ticket.CustomFields.Select(field =>
            (JsonNode)new JsonObject { ["id"] = field.Key, ["value"] = field.Value?.DeepClone() })]),
        ["followup_ids"] = new JsonArray([.. ticket.FollowUps.Select(id => (JsonNode)id)]),
    };

    public static JsonObject Comment(ZendeskComment comment, string baseUrl) => new()
    {
        ["id"] = comment.Id,
        ["type"] = "Comment",
        ["author_id"] = comment.AuthorId,
        ["body"] = comment.PlainBody,
        ["html_body"] = $"<div class=\"zd-comment\" dir=\"auto\">{comment.HtmlBody}</div>",
        ["plain_body"] = comment.PlainBody,
        ["public"] = comment.Public,
        ["attachments"] = new JsonArray([.. comment.Attachments.Select(file => (JsonNode)Attachment(file, baseUrl))]),
        ["audit_id"] = comment.AuditId,
        ["via"] = new JsonObject { ["channel"] = "api" },
        ["created_at"] = comment.CreatedAt.ToZendesk(),
        ["metadata"] = new JsonObject { ["system"] = new JsonObject() },
    };

    public static JsonObject Attachment(ZendeskAttachment file, string baseUrl) => new()
    {
        ["url"] = $"{baseUrl}/api/v2/attachments/{file.Id}.json",
        ["id"] = file.Id,
        ["file_name"] = file.FileName,
        ["content_url"] = $"{baseUrl}/attachments/{file.Id}",
        ["mapped_content_url"] = $"{baseUrl}/attachments/{file.Id}",
        ["content_type"] = file.ContentType,
        ["size"] = file.Content.Length,
        ["inline"] = false,
        ["deleted"] = file.Redacted,
        ["malware_scan_result"] = "malware_not_found",
    };

    public static JsonObject Audit(ZendeskAudit audit) => new()
    {
        ["id"] = audit.Id,
        ["ticket_id"] = audit.TicketId,
        ["created_at"] = audit.CreatedAt.ToZendesk(),
        ["author_id"] = audit.AuthorId,
        ["metadata"] = new JsonObject
        {
            ["system"] = new JsonObject(),
            ["custom"] = audit.Custom?.DeepClone() ?? new JsonObject(),
        },
        ["events"] = audit.Events.DeepClone(),
        ["via"] = new JsonObject { ["channel"] = "api" },
    };

    public static JsonObject Upload(ZendeskUploads.Upload upload, string baseUrl) => new()
    {
        ["upload"] = new JsonObject
        {
            ["token"] = upload.Token,
            ["expires_at"] = upload.ExpiresAt.ToZendesk(),
            ["attachment"] = Attachment(upload.Attachments[^1], baseUrl),
            ["attachments"] = new JsonArray([.. upload.Attachments.Select(file => (JsonNode)Attachment(file, baseUrl))]),
        },
    };

    public static JsonObject Job(ZendeskJobs.Job job, string baseUrl, bool asQueued = false)
    {
        var finished = job.Finished && !asQueued;
        return new JsonObject
        {
            ["id"] = job.Id,
            ["url"] = $"{baseUrl}/api/v2/job_statuses/{job.Id}.json",
            ["job_type"] = "Bulk Update Ticket",
            ["total"] = job.Work.Count,
            ["progress"] = finished ? job.Results.Count : null,
            ["status"] = finished ? job.Status : "queued",
            ["message"] = finished ? $"{char.ToUpperInvariant(job.Status[0])}{job.Status[1..]} at {job.FinishedAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} +0000" : null,
            ["results"] = finished && job.Status == "completed" ? new JsonArray([.. job.Results.Select(result => result.DeepClone())]) : null,
        };
    }

    public static JsonObject User(ZendeskUser user, string baseUrl) => new()
    {
        ["id"] = user.Id,
        ["url"] = $"{baseUrl}/api/v2/users/{user.Id}.json",
        ["name"] = user.Name,
        ["email"] = user.Email,
        ["role"] = user.Role,
        ["active"] = true,
        ["suspended"] = user.Suspended,
        ["verified"] = true,
        ["restricted_agent"] = user.TicketRestriction is not null,
        ["ticket_restriction"] = user.TicketRestriction,
    };

    public static JsonObject Field(ZendeskField field, string baseUrl) => new()
    {
        ["id"] = field.Id,
        ["url"] = $"{baseUrl}/api/v2/ticket_fields/{field.Id}.json",
        ["type"] = field.Type,
        ["title"] = field.Title,
        ["required"] = field.Required,
        ["active"] = true,
        ["custom_field_options"] = new JsonArray([.. field.Options.Select(option =>
            (JsonNode)new JsonObject { ["name"] = option, ["value"] = option })]),
    };

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static JsonObject Source(ZendeskTicket ticket) => ticket.FollowUpSource is { } source
        ? new JsonObject { ["rel"] = "follow_up", ["from"] = new JsonObject { ["ticket_id"] = source } }
        : new JsonObject { ["rel"] = null };
}
