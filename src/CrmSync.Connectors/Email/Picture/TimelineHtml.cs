using System.Globalization;

namespace CrmSync.Connectors.Email.Picture;

/// <summary>The picture in the mail, and the same in words for those who do not see it.</summary>
internal static class TimelineHtml
{
    private static readonly Dictionary<string, (string Waiting, string Handling, string WrapUp)> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = ("waiting", "with an agent", "wrap-up"),
        ["es"] = ("en espera", "con un agente", "trabajo posterior"),
    };

    public static string For(Timeline timeline, string contentId, string language)
    {
        var totals = timeline.Stretches
            .GroupBy(s => s.Kind)
            .OrderBy(kind => kind.Key)
            .Select(kind => (kind.Key, Text: $"{Word(kind.Key, language)} {Length(kind)}"))
            .ToList();
        var alt = string.Join(", ", totals.Select(t => t.Text));
        var legend = string.Join(" &nbsp; ", totals.Select(t => $"<span style=\"color:{TimelinePicture.ColourOf(t.Key)}\">&#9632;</span> {t.Text}"));
        return $"<p><img src=\"cid:{contentId}\" width=\"{TimelinePicture.Width}\" height=\"{TimelinePicture.HeightOf(timeline)}\" alt=\"{alt}\">"
            + $"<br><small>{legend}</small></p>";
    }

    private static string Word(TimelineKind kind, string language)
    {
        var words = Words.GetValueOrDefault(language, Words["en"]);
        return kind switch
        {
            TimelineKind.Waiting => words.Waiting,
            TimelineKind.Handling => words.Handling,
            _ => words.WrapUp,
        };
    }

    private static string Length(IEnumerable<TimelineStretch> stretches)
    {
        var total = TimeSpan.FromTicks(stretches.Sum(s => s.Length.Ticks));
        return total.ToString(total < TimeSpan.FromHours(1) ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
    }
}
