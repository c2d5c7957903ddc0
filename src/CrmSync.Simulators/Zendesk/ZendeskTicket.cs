using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>A ticket as the simulator keeps it. Guarded by the account's lock.</summary>
internal sealed class ZendeskTicket(long id, long requesterId, DateTimeOffset now)
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public long Id { get; } = id;

    public long RequesterId { get; set; } = requesterId;

    public long SubmitterId { get; set; } = requesterId;

    public string Subject { get; set; } = $"Ticket {id}";

    public string Status { get; set; } = "open";

    public string? Priority { get; set; }

    public string? ExternalId { get; set; }

    /// <summary>Comments that say nothing about <c>public</c> take this over from the first comment.</summary>
    public bool IsPublic { get; set; } = true;

    public bool Deleted { get; set; }

    /// <summary>Closed long ago: readable by id, missing from lists, nothing in it can be redacted.</summary>
    public bool Archived { get; set; }

    /// <summary>Out of reach for the user of the API.</summary>
    public bool Hidden { get; set; }

    public long? FollowUpSource { get; set; }

    public List<long> FollowUps { get; } = [];

    public SortedSet<string> Tags { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<long, JsonNode?> CustomFields { get; } = [];

    public List<ZendeskComment> Comments { get; } = [];

    public List<ZendeskAudit> Audits { get; } = [];

    public DateTimeOffset CreatedAt { get; } = now.ToWholeSecond();

    public DateTimeOffset UpdatedAt { get; private set; } = now.ToWholeSecond();

    /// <summary>Counts updates: tells a queued job whether the ticket changed since it was queued.</summary>
    public int Version { get; private set; }

    /// <summary>Two blocks of characters, as mail to <c>support+id{encoded}@</c> and <c>[encoded]</c> in a body carry it.</summary>
    public string EncodedId
    {
        get
        {
            var mixed = unchecked((ulong)Id * 0x9E3779B97F4A7C15);
            var text = string.Create(10, mixed, static (span, value) =>
            {
                for (var i = 0; i < span.Length; i++, value /= (ulong)Alphabet.Length)
                {
                    span[i] = Alphabet[(int)(value % (ulong)Alphabet.Length)];
                }
            });

            return $"{text[..6]}-{text[6..]}";
        }
    }

    /// <summary>
    /// Moves <c>updated_at</c> on, by a second at least: the API shows whole seconds, and <c>safe_update</c> compares what it shows.
    /// </summary>
    public void Touch(DateTimeOffset now)
    {
        var shown = now.ToWholeSecond();
        UpdatedAt = shown > UpdatedAt ? shown : UpdatedAt.AddSeconds(1);
        Version++;
    }
}

/// <summary>A comment on a ticket.</summary>
internal sealed record ZendeskComment(long Id, long AuditId, long AuthorId, string HtmlBody, bool Public, DateTimeOffset CreatedAt)
{
    public required string PlainBody { get; init; }

    public List<ZendeskAttachment> Attachments { get; } = [];
}

/// <summary>A file, first part of an upload and later of a comment.</summary>
internal sealed record ZendeskAttachment(long Id, string FileName, string ContentType, byte[] Content)
{
    public bool Redacted { get; init; }
}

/// <summary>What one update did.</summary>
internal sealed record ZendeskAudit(long Id, long TicketId, long AuthorId, DateTimeOffset CreatedAt, JsonArray Events, JsonObject? Custom);

internal static class ZendeskTime
{
    public static DateTimeOffset ToWholeSecond(this DateTimeOffset time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);

    public static string ToZendesk(this DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
