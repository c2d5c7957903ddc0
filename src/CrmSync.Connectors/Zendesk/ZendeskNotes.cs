using System.Net;
using System.Text;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering.Text;

namespace CrmSync.Connectors.Zendesk;

/// <summary>The comment an agent reads: the rendered note, cut where Zendesk would refuse it, and the marker below.</summary>
internal sealed class ZendeskNotes(ZendeskOptions options)
{
    public const string HtmlPart = "internal-note";
    public const string TextPart = "internal-note-text";

    private const string TagsPart = "tags";

    private static readonly NotePartSpec HtmlNote = new(HtmlPart, Html: true);
    private static readonly NotePartSpec TextNote = new(TextPart, Html: false);

    /// <summary>Shipped templates that one setting of <see cref="ZendeskOptions.Format"/> or the other leaves unused.</summary>
    public static IReadOnlyList<NotePartSpec> OtherParts { get; } = [HtmlNote, TextNote];

    /// <summary>The templates this connector wants, from its options.</summary>
    public static IReadOnlyList<NotePartSpec> Parts(ZendeskOptions options) =>
    [
        options.Format is ZendeskFormat.Html ? HtmlNote : TextNote,
        .. options.CustomFields.Select(id => new NotePartSpec(FieldPart(id), Html: false)),
        .. options.Tags ? [new NotePartSpec(TagsPart, Html: false)] : Array.Empty<NotePartSpec>(),
    ];

    /// <summary>The comment, and whether the session's JSON is in it already.</summary>
    public (CommentPatch Comment, bool HoldsJson) Compose(Parcel parcel)
    {
        var isHtml = options.Format is ZendeskFormat.Html;
        var note = parcel.Note.Part(isHtml ? HtmlPart : TextPart) ?? "";
        var footer = Footer(parcel.Delivery.Key, isHtml);
        var json = options.Attach is ZendeskAttach.Inline ? Inline(parcel.Attachment, isHtml) : "";
        var holdsJson = json.Length > 0 && Bytes(note) + Bytes(json) + Bytes(footer) <= ZendeskLimits.NoteBytesMax;
        var room = ZendeskLimits.NoteBytesMax - Bytes(footer);
        var (name, language) = (parcel.Attachment.FileName, parcel.Note.Language);
        var body = holdsJson ? note + json
            : isHtml ? HtmlCut.Cut(note, room, TextUnit.Bytes, name, language).Text
            : TextCut.Cut(note, room, TextUnit.Bytes, name, language).Text;

        return (isHtml ? new CommentPatch(Public: false) { HtmlBody = body + footer } : new CommentPatch(Public: false) { Body = body + footer }, holdsJson);
    }

    /// <summary>Fields whose template said something.</summary>
    public IReadOnlyList<FieldValue>? Fields(Parcel parcel)
    {
        var values = options.CustomFields
            .Select(id => new FieldValue(id, parcel.Note.Part(FieldPart(id))?.Trim() ?? ""))
            .Where(field => field.Value.Length > 0)
            .ToList();
        return values.Count == 0 ? null : values;
    }

    /// <summary>Words of the tags template in Zendesk's spelling: lower case, one word each.</summary>
    public IReadOnlyList<string> Tags(Parcel parcel) => !options.Tags
        ? []
        : [.. (parcel.Note.Part(TagsPart) ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private static string FieldPart(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"field-{id}");

    private static string Footer(DeliveryKey key, bool isHtml) =>
        isHtml ? $"<p><small>{ZendeskMarkers.Footer(key)}</small></p>" : $"\n\n{ZendeskMarkers.Footer(key)}";

    private static string Inline(Attachment file, bool isHtml)
    {
        var json = Encoding.UTF8.GetString(file.Content.Span);
        return isHtml ? $"<pre><code>{WebUtility.HtmlEncode(json)}</code></pre>" : $"\n\n{json}";
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
