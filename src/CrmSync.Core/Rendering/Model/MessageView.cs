using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Model;

/// <summary>An SMS of a call.</summary>
/// <param name="From">Who wrote it, in words; null when the file does not say.</param>
public sealed record MessageView(string? At, string? From, string Text)
{
    internal static IReadOnlyList<MessageView> Of(NoteScope scope, IEnumerable<SmsMessage> messages) =>
    [
        .. messages
            .Select(message => (message, Text: scope.Text.Block("body", message.Text)))
            .Where(read => read.Text is not null)
            .Select(read => new MessageView(
                read.message.SentAt is { } at ? scope.Time.Clock(at) : null,
                read.message.Direction is { } direction ? scope.Text.Line("direction", scope.Phrases.Direction(direction)) : null,
                read.Text!)),
    ];
}

/// <summary>Text that an agent asked the customer to type.</summary>
public sealed record TextInputView(string? Label, string Text)
{
    internal static IReadOnlyList<TextInputView> Of(NoteScope scope) =>
    [
        .. scope.Session.TextInputs
            .Select(input => (Label: scope.Text.Line("label", input.Label), Text: scope.Text.Block("text", input.Text)))
            .Where(read => read.Text is not null)
            .Select(read => new TextInputView(read.Label, read.Text!)),
    ];
}

/// <summary>What the customer sent besides words, counted: the links behind it may need a login.</summary>
public sealed record MediaView(string? Text, long Photos, long Screenshots, long Videos)
{
    public long Count => Photos + Screenshots + Videos;

    internal static MediaView Of(NoteScope scope)
    {
        var screenshots = scope.Session.Photos.Count(photo => photo.PhotoType is "screenshot");
        var photos = scope.Session.Photos.Count - screenshots;
        return new MediaView(scope.Phrases.Media(photos, screenshots, scope.Session.Videos.Count), photos, screenshots, scope.Session.Videos.Count);
    }
}

/// <summary>The delivery the note is for.</summary>
/// <param name="FileName">Of the attached session file.</param>
/// <param name="Marker">Twelve hex digits that let CrmSync find its own note again.</param>
public sealed record DeliveryView(string Connector, long Revision, string? Marker, string? FileName);
