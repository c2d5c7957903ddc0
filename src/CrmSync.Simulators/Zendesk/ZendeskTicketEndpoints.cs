using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>Tickets, their comments and audits, one at a time.</summary>
internal static class ZendeskTicketEndpoints
{
    public static void Map(ZendeskRouter router)
    {
        router.Get("tickets", List);
        router.Post("tickets", Create);
        router.Get("tickets/show_many", ShowMany);
        router.Get("tickets/{id}", Show);
        router.Put("tickets/{id}", Update);
        router.Delete("tickets/{id}", Delete);
        router.Get("tickets/{id}/comments", Comments);
        router.Get("tickets/{id}/audits", Audits);
        router.Put("tickets/{id}/tags", AddTags);
        router.Put("tickets/{id}/comments/{comment}/attachments/{attachment}/redact", Redact);
    }

    private static ZendeskAnswer List(ZendeskCall call)
    {
        var external = call.Query["external_id"].ToString();
        return ZendeskPages.Answer(call, "tickets",
        [
            .. from ticket in call.Account.Tickets.All
               where !ticket.Deleted && !ticket.Archived && !ticket.Hidden && (external.Length == 0 || ticket.ExternalId == external)
               select ZendeskViews.Ticket(ticket, call.BaseUrl),
        ]);
    }

    private static ZendeskAnswer Create(ZendeskCall call)
    {
        if (!call.TryTicket(out var patch, out var refusal))
        {
            return refusal;
        }

        return call.Account.Keys.Once(call.Header("Idempotency-Key"), call.Body, () =>
        {
            var (ticket, audit, complaint) = call.Account.Tickets.Create(patch, call.UserId);
            return complaint ?? ZendeskAnswer.Created(
                new JsonObject { ["ticket"] = ZendeskViews.Ticket(ticket!, call.BaseUrl), ["audit"] = ZendeskViews.Audit(audit!) },
                $"{call.BaseUrl}/api/v2/tickets/{ticket!.Id}.json");
        });
    }

    private static ZendeskAnswer ShowMany(ZendeskCall call) => call.TryIds(out var ids, out var refusal)
        ? ZendeskAnswer.Ok(new JsonObject
        {
            ["tickets"] = new JsonArray([.. ids.Distinct().Select(call.Account.Tickets.Find).OfType<ZendeskTicket>().Where(ticket => !ticket.Hidden)
                .Select(ticket => (JsonNode)ZendeskViews.Ticket(ticket, call.BaseUrl))]),
            ["next_page"] = null,
            ["previous_page"] = null,
            ["count"] = ids.Count,
        })
        : refusal;

    private static ZendeskAnswer Show(ZendeskCall call) => OnTicket(call, ticket =>
        ZendeskAnswer.Ok(new JsonObject { ["ticket"] = ZendeskViews.Ticket(ticket, call.BaseUrl) }));

    private static ZendeskAnswer Update(ZendeskCall call)
    {
        if (!call.TryId("id", out var id, out var refusal) || !call.TryTicket(out var patch, out refusal))
        {
            return refusal;
        }

        if (call.Account.Meter.CountUpdate(id) is { } wait)
        {
            return ZendeskAnswer.TooMany(wait, asText: false);
        }

        var (audit, complaint) = call.Account.Tickets.Update(id, patch, call.UserId);
        return complaint ?? ZendeskAnswer.Ok(new JsonObject
        {
            ["ticket"] = ZendeskViews.Ticket(call.Account.Tickets.Find(id)!, call.BaseUrl),
            ["audit"] = ZendeskViews.Audit(audit!),
        });
    }

    /// <summary>Soft: the ticket stays on the list of deleted ones for 30 days, here for good.</summary>
    private static ZendeskAnswer Delete(ZendeskCall call) => OnTicket(call, ticket =>
    {
        ticket.Deleted = true;
        return ZendeskAnswer.NoContent;
    });

    private static ZendeskAnswer Comments(ZendeskCall call) => OnTicket(call, ticket =>
    {
        var rows = ticket.Comments.Select(comment => (JsonNode)ZendeskViews.Comment(comment, call.BaseUrl));
        var newestFirst = call.Query["sort"].ToString() == "-created_at" || call.Query["sort_order"].ToString() == "desc";
        return ZendeskPages.Answer(call, "comments", [.. newestFirst ? rows.Reverse() : rows]);
    });

    private static ZendeskAnswer Audits(ZendeskCall call) => OnTicket(call, ticket =>
        ZendeskPages.Answer(call, "audits", [.. ticket.Audits.Select(ZendeskViews.Audit)]));

    /// <summary>Adds tags, unlike <c>tags</c> in an update, which replaces them.</summary>
    private static ZendeskAnswer AddTags(ZendeskCall call) => OnTicket(call, ticket =>
    {
        if (!call.TryJson(out var json, out var refusal))
        {
            return refusal;
        }

        if (!json.TryGetProperty("tags", out var tags) || tags.ValueKind is not JsonValueKind.Array)
        {
            return ZendeskAnswer.BadParameter("tags", "must be an array");
        }

        ticket.Tags.UnionWith(tags.EnumerateArray().Select(tag => tag.ToString()));
        ticket.Touch(call.Account.Now);
        return ZendeskAnswer.Ok(new JsonObject { ["tags"] = ZendeskViews.Texts(ticket.Tags) });
    });

    private static ZendeskAnswer Redact(ZendeskCall call) => OnTicket(call, ticket =>
    {
        if (!call.TryId("comment", out var commentId, out var refusal) || !call.TryId("attachment", out var attachmentId, out refusal))
        {
            return refusal;
        }

        var files = ticket.Comments.Find(comment => comment.Id == commentId)?.Attachments ?? [];
        var place = files.FindIndex(file => file.Id == attachmentId);

        if (call.HasFault(ZendeskFaultNames.RedactionRunning))
        {
            return ZendeskAnswer.Error(409, "ConflictError", "A redaction is already in progress for this ticket. Please retry in 15 seconds.");
        }

        if (place < 0 || ticket.Status == "closed")
        {
            return ZendeskAnswer.NotFound;
        }

        files[place] = new ZendeskAttachment(attachmentId, "redacted.txt", "text/plain", []) { Redacted = true };
        ticket.Touch(call.Account.Now);
        return ZendeskAnswer.Ok(new JsonObject { ["attachment"] = ZendeskViews.Attachment(files[place], call.BaseUrl) });
    });

    private static ZendeskAnswer OnTicket(ZendeskCall call, Func<ZendeskTicket, ZendeskAnswer> answer) =>
        !call.TryId("id", out var id, out var refusal) ? refusal
            : call.Account.Tickets.Find(id) is { } ticket ? ticket.Hidden ? ZendeskAnswer.Forbidden : answer(ticket)
            : ZendeskAnswer.NotFound;
}
