using System.Globalization;

namespace CrmSync.Connectors.Email.Picture;

/// <summary>
/// Draws a timeline: one bar a lane, on a transparent ground, in colours that stand out from white and from black. Wrap-up is hatched, so
/// that it is told apart without colour too. It holds no text, so it needs no font and no language.
/// </summary>
internal static class TimelinePicture
{
    public const int Width = 480;

    /// <summary>Above each lane, and below the last.</summary>
    public const int Gap = 6;

    /// <summary>From one lane to the next.</summary>
    public const int LaneStep = LaneHeight + Gap;

    private const int LaneHeight = 16;
    private const int TickEvery = Width / 4;
    private const int HatchEvery = 6;
    private const int HatchWidth = 2;

    private const byte Tick = 1;

    // Nothing, a faint grey, then the kinds: 3:1 or better against white and against #1F1F1F (WCAG 2.2, 1.4.11).
    private static readonly uint[] Palette = [0x00000000, 0x609A9A9A, 0xFF848D97, 0xFF2A78C8, 0xFF2A78C8];

    public static int HeightOf(Timeline timeline) => (timeline.Lanes.Count * LaneStep) + Gap;

    /// <summary>As a colour of HTML, e.g. <c>#2A78C8</c>.</summary>
    public static string Colour(TimelineKind kind) => string.Create(CultureInfo.InvariantCulture, $"#{Palette[IndexOf(kind)] & 0xFFFFFF:X6}");

    public static byte[] Draw(Timeline timeline)
    {
        var height = HeightOf(timeline);
        var pixels = new byte[Width * height];
        for (var x = TickEvery; x < Width; x += TickEvery)
        {
            Fill(pixels, new Area(x, x + 1, 0, height), (_, _) => true, Tick);
        }

        foreach (var stretch in timeline.Stretches)
        {
            var top = Gap + (stretch.Lane * LaneStep);
            var left = At(timeline, stretch.From);
            var area = new Area(left, Math.Max(left + 1, At(timeline, stretch.To)), top, top + LaneHeight);
            Fill(pixels, area, (_, _) => true, colour: 0);
            Fill(pixels, area, stretch.Kind == TimelineKind.WrapUp ? area.IsHatch : (_, _) => true, IndexOf(stretch.Kind));
        }

        return Png.Encode(Width, height, pixels, Palette);
    }

    private static byte IndexOf(TimelineKind kind) => (byte)(Tick + 1 + (int)kind);

    private static int At(Timeline timeline, DateTimeOffset time) =>
        (int)((time - timeline.From) / (timeline.To - timeline.From) * (Width - 1));

    private static void Fill(byte[] pixels, Area area, Func<int, int, bool> covers, byte colour)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                if (covers(x, y))
                {
                    pixels[(y * Width) + x] = colour;
                }
            }
        }
    }

    private sealed record Area(int Left, int Right, int Top, int Bottom)
    {
        public bool IsHatch(int x, int y) =>
            x == Left || x == Right - 1 || y == Top || y == Bottom - 1 || (x + y) % HatchEvery < HatchWidth;
    }
}
