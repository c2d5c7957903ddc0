using CrmSync.Core.Rendering.Language;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Model;

/// <summary>What the views of one session are made with: its words, its times, and the door for its text.</summary>
internal sealed record NoteScope(SessionMetadata Session, Phrases Phrases, TextFilter Text, LocalTime Time, NoteOptions Options)
{
    public static NoteScope For(SessionMetadata session, string? language, NoteOptions options, Redactor redactor)
    {
        var phrases = Phrases.For(language);
        return new NoteScope(session, phrases, new TextFilter(redactor), new LocalTime(options.Zone, phrases, options.TwelveHourClock), options);
    }

    public static string? InWords(TimeSpan? duration) => duration > TimeSpan.Zero ? Phrases.Duration(duration.Value) : null;

    /// <summary>Whole seconds, as the platform counts.</summary>
    public static long? Seconds(TimeSpan? duration) => duration is { } known ? (long)known.TotalSeconds : null;
}
