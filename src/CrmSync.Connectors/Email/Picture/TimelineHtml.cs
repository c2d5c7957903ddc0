using System.Globalization;
using System.Net;

namespace CrmSync.Connectors.Email.Picture;

/// <summary>The picture in the mail: whose bar is whose beside it, and the same in words below, for those who do not see it.</summary>
/// <remarks>Only what mail programs show alike: tables, styles in place, no class, no script. Muted by opacity, which suits light and dark.</remarks>
internal static class TimelineHtml
{
    private const string Muted = "opacity:0.7;";

    private static readonly Dictionary<string, Words> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = new("Queue", "Agent", "waiting", "with an agent", "wrap-up"),
        ["es"] = new("Cola", "Agente", "en espera", "con un agente", "trabajo posterior"),
    };

    /// <param name="isTold">True for a name that the note tells too: what was redacted there is not shown here.</param>
    public static string For(Timeline timeline, string contentId, string language, Func<string, bool> isTold)
    {
        var words = Languages.GetValueOrDefault(language, Languages["en"]);
        var totals = timeline.Stretches
            .GroupBy(s => s.Kind)
            .OrderBy(kind => kind.Key)
            .Select(kind => (Kind: kind.Key, Text: $"{words.For(kind.Key)} {Length(TimeSpan.FromTicks(kind.Sum(s => s.Length.Ticks)))}"))
            .ToList();
        var labels = timeline.Lanes.Select(lane =>
            $"<div style=\"height:{TimelinePicture.LaneStep}px;line-height:{TimelinePicture.LaneStep}px;overflow:hidden;\">{Encoded(Label(lane, words, isTold))}</div>");
        var legend = totals.Select(t => $"<span style=\"white-space:nowrap;\"><span style=\"color:{TimelinePicture.Colour(t.Kind)};\">{Sign(t.Kind)}</span> {t.Text}</span>");
        var height = TimelinePicture.HeightOf(timeline);
        return
            $"""
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="font-size:13px;">
            <tr><td style="width:110px;vertical-align:top;padding:{TimelinePicture.Gap / 2}px 12px 0 0;{Muted}">{string.Concat(labels)}</td>
            <td style="vertical-align:top;"><img src="cid:{contentId}" width="{TimelinePicture.Width}" height="{height}" alt="{string.Join(", ", totals.Select(t => t.Text))}" style="display:block;width:100%;height:{height}px;"></td></tr>
            <tr><td></td><td><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="font-size:12px;{Muted}">
            <tr><td align="left">0:00</td><td align="right">{Length(timeline.To - timeline.From)}</td></tr></table></td></tr>
            <tr><td></td><td style="padding:4px 0 0 0;">{string.Join(" &nbsp; ", legend)}</td></tr>
            </table>
            """ + "\n";
    }

    private static string Label(TimelineLane lane, Words words, Func<string, bool> isTold) => lane switch
    {
        { Agent: null } => words.Queue,
        { Name: { } name } when isTold(name) => name,
        { Agent: var number } => string.Create(CultureInfo.InvariantCulture, $"{words.Agent} {number}"),
    };

    private static string Sign(TimelineKind kind) => kind == TimelineKind.WrapUp ? "&#9640;" : "&#9632;";

    private static string Length(TimeSpan length) =>
        length.ToString(length < TimeSpan.FromHours(1) ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private sealed record Words(string Queue, string Agent, string Waiting, string Handling, string WrapUp)
    {
        public string For(TimelineKind kind) => kind switch
        {
            TimelineKind.Waiting => Waiting,
            TimelineKind.Handling => Handling,
            _ => WrapUp,
        };
    }
}
