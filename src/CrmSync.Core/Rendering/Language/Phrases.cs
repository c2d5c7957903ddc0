using System.Collections.Frozen;
using System.Globalization;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Language;

/// <summary>
/// The words that notes are made of, in one language. Templates hold the sentences of a note; here is what code has to say: kinds,
/// outcomes, durations, dates, and the platform's own vocabulary in words. A value that is not in a list is shown as the platform
/// wrote it, with spaces for underscores.
/// </summary>
public abstract class Phrases
{
    private static readonly Phrases English = new EnglishPhrases();

    private static readonly FrozenDictionary<string, Phrases> ByLanguage =
        new[] { English, new SpanishPhrases() }.ToFrozenDictionary(phrases => phrases.Language, StringComparer.OrdinalIgnoreCase);

    /// <summary>The languages that have words. Templates may be in any.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. ByLanguage.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Two letters.</summary>
    public abstract string Language { get; }

    /// <summary>For the numbers and dates that a template formats itself.</summary>
    public abstract CultureInfo Culture { get; }

    /// <summary>The words for a language tag such as <c>es</c> or <c>es-419</c>; English when there are none.</summary>
    public static Phrases For(string? language) =>
        language?.Split('-', '_')[0] is { } primary && ByLanguage.TryGetValue(primary, out var phrases) ? phrases : English;

    /// <summary>What it was: <c>Inbound call</c>, <c>WhatsApp chat</c>.</summary>
    public abstract string Kind(SessionKind kind, SessionType? type);

    /// <summary>How it ended, to follow the kind after a comma: <c>finished after 12 min 19 s</c>.</summary>
    public abstract string Ending(SessionEnding ending);

    /// <summary><c>Thu 5 Mar 2026</c>: no order of numbers to misread.</summary>
    public abstract string Date(DateTime date);

    /// <summary>From one moment to another of the same or another day, each already in words.</summary>
    public abstract string Range(string from, string to);

    /// <summary><c>A, B and C</c>.</summary>
    public abstract string List(IReadOnlyList<string> names);

    public abstract string Recording(RecordingPermission permission, int parts, TimeSpan? paused);

    public abstract string Leg(string from, string to, bool? cold);

    /// <summary>One line; long texts are only named, since they stand in the note anyway.</summary>
    public abstract string Change(ChangedFact fact, string? before, string? after);

    /// <summary>What the customer sent: <c>2 photos, 1 video</c>; null when nothing.</summary>
    public string? Media(int photos, int screenshots, int videos)
    {
        var counted = new[] { Counted(photos, PhotoWords), Counted(screenshots, ScreenshotWords), Counted(videos, VideoWords) };
        return counted.Any(words => words is not null) ? string.Join(", ", counted.OfType<string>()) : null;
    }

    /// <summary>The end of a text that was cut.</summary>
    /// <param name="fileName">Of the attached file that holds the whole; null when nothing is attached.</param>
    public abstract string CutPointer(int missing, string? fileName);

    public abstract string AgentWithoutName { get; }

    public abstract string VirtualAgentWithoutName { get; }

    public string Deflection(string value) => Word(Deflections, value);

    public string FailReason(string value) => Word(FailReasons, value);

    public string VirtualAgentResult(string value) => Word(VirtualAgentResults, value);

    public string EscalationReason(string value) => Word(EscalationReasons, value);

    public string DisconnectedBy(string value) => Word(Parties, value);

    public string Direction(string value) => Word(Directions, value);

    /// <summary>The largest two units: <c>45 s</c>, <c>12 min 19 s</c>, <c>1 h 05 min</c>. Unit symbols are the same in every language we have.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes:00} min"),
        { TotalMinutes: >= 1, Seconds: 0 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes} min {duration.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalSeconds} s"),
    };

    protected abstract (string One, string More) PhotoWords { get; }

    protected abstract (string One, string More) ScreenshotWords { get; }

    protected abstract (string One, string More) VideoWords { get; }

    protected abstract FrozenDictionary<string, string> Deflections { get; }

    protected abstract FrozenDictionary<string, string> FailReasons { get; }

    protected abstract FrozenDictionary<string, string> VirtualAgentResults { get; }

    protected abstract FrozenDictionary<string, string> EscalationReasons { get; }

    protected abstract FrozenDictionary<string, string> Parties { get; }

    protected abstract FrozenDictionary<string, string> Directions { get; }

    protected static FrozenDictionary<string, string> Words(params (string Value, string Words)[] words) =>
        words.ToFrozenDictionary(entry => entry.Value, entry => entry.Words, StringComparer.OrdinalIgnoreCase);

    private static string? Counted(int count, (string One, string More) words) =>
        count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? words.One : words.More)}");

    private static string Word(FrozenDictionary<string, string> words, string value) =>
        words.TryGetValue(value, out var known) ? known : value.Replace('_', ' ');
}
