using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>The <c>ticket</c> object of a create or update, read strictly: what Zendesk would not take is a refusal, not a default.</summary>
internal sealed record ZendeskTicketPatch
{
    public long? Id { get; private init; }

    public ZendeskCommentPatch? Comment { get; private init; }

    public string? Subject { get; private init; }

    public string? Status { get; private init; }

    public string? Priority { get; private init; }

    public string? ExternalId { get; private init; }

    public long? RequesterId { get; private init; }

    public long? FollowUpSource { get; private init; }

    /// <summary>Replaces every tag of the ticket.</summary>
    public IReadOnlyList<string>? Tags { get; private init; }

    public IReadOnlyList<string> AdditionalTags { get; private init; } = [];

    public IReadOnlyList<string> RemoveTags { get; private init; } = [];

    public IReadOnlyList<KeyValuePair<long, JsonNode?>> CustomFields { get; private init; } = [];

    public JsonObject? Metadata { get; private init; }

    /// <summary>The <c>updated_at</c> the caller believes in; null when the update is not a safe update.</summary>
    public DateTimeOffset? Stamp { get; private init; }

    /// <summary>A private remark of the account itself.</summary>
    public static ZendeskTicketPatch Saying(string text) =>
        new() { Comment = new ZendeskCommentPatch(text, HtmlBody: null, Public: false, AuthorId: null, Uploads: []) };

    /// <summary>The same change to another ticket, as <c>update_many?ids=…</c> makes it.</summary>
    public ZendeskTicketPatch For(long id) => this with { Id = id };

    public static bool TryRead(
        JsonElement json,
        [NotNullWhen(true)] out ZendeskTicketPatch? patch,
        [NotNullWhen(false)] out ZendeskAnswer? refusal)
    {
        patch = null;
        refusal = json.ValueKind is JsonValueKind.Object ? Complaint(json) : ZendeskAnswer.BadParameter("ticket", "must be an object");

        if (refusal is not null || !ZendeskCommentPatch.TryRead(json, out var comment, out refusal))
        {
            return false;
        }

        patch = new ZendeskTicketPatch
        {
            Id = json.Long("id"),
            Comment = comment,
            Subject = json.Text("subject"),
            Status = json.Text("status"),
            Priority = json.Text("priority"),
            ExternalId = json.Text("external_id"),
            RequesterId = json.Long("requester_id"),
            FollowUpSource = json.Long("via_followup_source_id"),
            Tags = json.TryGetProperty("tags", out var tags) ? ReadTags(tags) : null,
            AdditionalTags = json.TryGetProperty("additional_tags", out var added) ? ReadTags(added) : [],
            RemoveTags = json.TryGetProperty("remove_tags", out var removed) ? ReadTags(removed) : [],
            CustomFields = ReadCustomFields(json),
            Metadata = json.TryGetProperty("metadata", out var data) && data.ValueKind is JsonValueKind.Object
                ? JsonObject.Create(data) : null,
            Stamp = json.Text("updated_stamp") is { } stamp ? ParseStamp(stamp) : null,
        };
        return true;
    }

    private static ZendeskAnswer? Complaint(JsonElement json)
    {
        if (json.TryGetProperty("comment", out var comment) && comment.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
        {
            return ZendeskAnswer.BadParameter("comment", "must be an object");
        }

        if (json.TryGetProperty("safe_update", out var safe) && safe.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return ZendeskAnswer.BadParameter("safe_update", "must be a boolean");
        }

        var stamped = json.TryGetProperty("updated_stamp", out var stamp);

        if (stamped && (stamp.ValueKind is not JsonValueKind.String || ParseStamp(stamp.GetString()!) is null))
        {
            return ZendeskAnswer.BadParameter("updated_stamp", "must be a date in ISO 8601");
        }

        // The two are documented as a pair, and safe_update: false acts like true.
        return stamped == safe.ValueKind is not JsonValueKind.Undefined
            ? null
            : ZendeskAnswer.BadParameter("updated_stamp", "must come together with safe_update");
    }

    private static DateTimeOffset? ParseStamp(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp) ? stamp : null;

    private static List<string> ReadTags(JsonElement json)
    {
        var words = json.ValueKind is JsonValueKind.Array
            ? json.EnumerateArray().Select(tag => tag.ToString())
            : json.ToString().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

        return [.. words.Select(word => word.Trim().Replace(' ', '_').ToLowerInvariant()).Where(word => word.Length > 0)];
    }

    private static List<KeyValuePair<long, JsonNode?>> ReadCustomFields(JsonElement json)
    {
        if (!json.TryGetProperty("custom_fields", out var fields) || fields.ValueKind is not JsonValueKind.Array)
        {
            return [];
        }

        return
        [
            .. from field in fields.EnumerateArray()
               where field.ValueKind is JsonValueKind.Object && field.Long("id") is not null
               select KeyValuePair.Create(
                   field.Long("id")!.Value,
                   field.TryGetProperty("value", out var value) ? JsonNode.Parse(value.GetRawText()) : null),
        ];
    }
}

/// <summary>The <c>comment</c> of a ticket body.</summary>
/// <param name="Public">Null when the caller left it out: the ticket then decides, which usually means public.</param>
internal sealed record ZendeskCommentPatch(string? Body, string? HtmlBody, bool? Public, long? AuthorId, IReadOnlyList<string> Uploads)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(HtmlBody ?? Body);

    public static bool TryRead(JsonElement ticket, out ZendeskCommentPatch? comment, [NotNullWhen(false)] out ZendeskAnswer? refusal)
    {
        comment = null;
        refusal = null;

        if (!ticket.TryGetProperty("comment", out var json))
        {
            return true;
        }

        if (json.ValueKind is JsonValueKind.String)
        {
            comment = new ZendeskCommentPatch(json.GetString(), null, null, null, []);
            return true;
        }

        var isPublic = json.TryGetProperty("public", out var shown) ? shown.ValueKind : JsonValueKind.Undefined;

        if (isPublic is not (JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False))
        {
            refusal = ZendeskAnswer.BadParameter("comment.public", "must be a boolean");
        }

        comment = new ZendeskCommentPatch(
            json.Text("body"),
            json.Text("html_body"),
            isPublic is JsonValueKind.Undefined ? null : isPublic is JsonValueKind.True,
            json.Long("author_id"),
            ReadUploads(json));
        return refusal is null;
    }

    private static List<string> ReadUploads(JsonElement json) =>
        !json.TryGetProperty("uploads", out var uploads) ? []
            : uploads.ValueKind is JsonValueKind.Array ? [.. uploads.EnumerateArray().Select(token => token.ToString())]
            : [uploads.ToString()];
}

/// <summary>Reading a JSON object by hand: absent and null are the same, numbers may arrive as strings.</summary>
internal static class ZendeskJsonReading
{
    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static long? Long(this JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null
            : value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number
            : value.ValueKind is JsonValueKind.String
                && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : null;
}
