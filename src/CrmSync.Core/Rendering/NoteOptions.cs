using CrmSync.Core.Configuration;
using CrmSync.Core.Rendering.Language;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Core.Rendering;

/// <summary>How notes are written.</summary>
public sealed class NoteOptions
{
    public const string Section = "Notes";

    /// <summary>Zone of the times in a note, e.g. <c>America/Los_Angeles</c>; its name stands beside them. Default <c>UTC</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>True writes 2:05 PM, false 14:05. Default false.</summary>
    public bool TwelveHourClock { get; set; }

    /// <summary>Language of the templates without a language in their name: <c>en</c> or <c>es</c>. Default <c>en</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>
    /// False: the template variant of the session's language, if there is one. True: always <see cref="Language"/>, for agents who
    /// read one language whatever their customers speak. Default false.
    /// </summary>
    public bool OneLanguage { get; set; }

    /// <summary>Folder of the templates; a relative one is looked for beside the program. Default <c>templates</c>.</summary>
    public string TemplatesFolder { get; set; } = "templates";

    /// <summary>
    /// Hosts that a note may link a recording or voicemail to: <c>storage.example.com</c>, or <c>*.example.com</c> with all below it.
    /// Without a host here notes never link. A link also needs https and, for recordings, the customer's permission. Default none.
    /// </summary>
    public List<string> RecordingHosts { get; set; } = [];

    /// <summary><see cref="TimeZone"/>; UTC when it is not known (then <see cref="Bind"/> complained).</summary>
    internal TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The options of the section <c>Notes</c>, and every mistake in it.</summary>
    public static (NoteOptions Options, IReadOnlyList<Complaint> Complaints) Bind(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (options, complaints) = StrictBinder.Bind<NoteOptions>(section);
        return (options, [.. complaints, .. options.Validate(section.Path)]);
    }

    private IEnumerable<Complaint> Validate(string path)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id);
            yield return new Complaint(
                $"{path}:{nameof(TimeZone)}",
                $"'{TimeZone}' is not a time zone of this computer.",
                NearestName.Of(TimeZone, known) is { } near ? $"Did you mean {near}?" : "Write a name of the IANA list, e.g. Europe/Madrid.");
        }

        if (!Phrases.Languages.Contains(Language, StringComparer.OrdinalIgnoreCase))
        {
            yield return new Complaint(
                $"{path}:{nameof(Language)}",
                $"'{Language}' has no words for kinds, outcomes and dates.",
                $"Write one of {string.Join(", ", Phrases.Languages)}. Templates themselves may be in any language.");
        }

        foreach (var (host, i) in RecordingHosts.Select((host, i) => (host, i)))
        {
            if (Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) is UriHostNameType.Unknown)
            {
                yield return new Complaint(
                    $"{path}:{nameof(RecordingHosts)}:{i}",
                    "is not a host.",
                    "Write the host alone, without https:// and without a path: storage.example.com.");
            }
        }
    }
}
