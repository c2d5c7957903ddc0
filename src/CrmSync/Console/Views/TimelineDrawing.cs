using System.Globalization;

namespace CrmSync.Console.Views;

/// <summary>Where everything of a <see cref="SessionTimeline"/> stands in the picture, in units of its view box.</summary>
public sealed class TimelineDrawing(SessionTimeline timeline)
{
    public const double Width = 800;
    public const double Left = 128;
    public const double LaneHeight = 34;
    public const double BarHeight = 18;
    public const double Top = 10;

    private const double AxisHeight = 26;
    private const double Right = 16;
    private const int TicksMax = 6;

    // Short stretches must still be seen.
    private const double WidthMin = 3;

    // Round lengths that an axis may be divided by, in seconds.
    private static readonly int[] Rounds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

    public double Height => LanesEnd + AxisHeight;

    public double LanesEnd => Top + (timeline.Lanes.Count * LaneHeight);

    public static double LaneTop(int lane) => Top + (lane * LaneHeight);

    public double X(DateTimeOffset at) => Left + ((Width - Left - Right) * Math.Clamp((at - timeline.From) / Length, 0, 1));

    public double WidthOf(Stretch stretch) => Math.Max(WidthMin, X(stretch.To) - X(stretch.From));

    /// <summary>Times on the axis, at round distances from the begin.</summary>
    public IEnumerable<DateTimeOffset> Ticks()
    {
        var seconds = Length.TotalSeconds;
        var step = Rounds.FirstOrDefault(round => seconds / round <= TicksMax, Rounds[^1] * (int)Math.Ceiling(seconds / Rounds[^1] / TicksMax));
        for (var at = 0.0; at <= seconds; at += step)
        {
            yield return timeline.From.AddSeconds(at);
        }
    }

    /// <summary>For an attribute: a point as decimal sign whatever the user's language.</summary>
    public static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private TimeSpan Length => timeline.To - timeline.From is { Ticks: > 0 } length ? length : TimeSpan.FromSeconds(1);
}
