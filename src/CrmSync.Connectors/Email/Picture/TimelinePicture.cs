namespace CrmSync.Connectors.Email.Picture;

/// <summary>Draws a timeline: one bar for the queue, one for each agent. It holds no text, so it needs no font and no language.</summary>
internal static class TimelinePicture
{
    public const int Width = 600;

    private const int LaneHeight = 16;
    private const int Gap = 6;
    private const int TickEvery = Width / 4;

    private const byte Tick = 1;

    // White, light grey, then one colour per kind; told apart also without colour vision and in grey.
    private static readonly int[] Palette = [0xFFFFFF, 0xE3E6EA, 0xB0B7C0, 0x1F5FA8, 0x8DB8E8];

    public static int HeightOf(Timeline timeline) => (timeline.Lanes * (LaneHeight + Gap)) + Gap;

    /// <summary>As a colour of HTML, e.g. <c>#1F5FA8</c>.</summary>
    public static string ColourOf(TimelineKind kind) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{Palette[IndexOf(kind)]:X6}");

    public static byte[] Draw(Timeline timeline)
    {
        var height = HeightOf(timeline);
        var pixels = new byte[Width * height];
        for (var x = TickEvery; x < Width; x += TickEvery)
        {
            Fill(pixels, x, x + 1, 0, height, Tick);
        }

        foreach (var stretch in timeline.Stretches)
        {
            var top = Gap + (stretch.Lane * (LaneHeight + Gap));
            var left = At(timeline, stretch.From);
            Fill(pixels, left, Math.Max(left + 1, At(timeline, stretch.To)), top, top + LaneHeight, IndexOf(stretch.Kind));
        }

        return Png.Encode(Width, height, pixels, Palette);
    }

    private static byte IndexOf(TimelineKind kind) => (byte)(Tick + 1 + (int)kind);

    private static int At(Timeline timeline, DateTimeOffset time) =>
        (int)((time - timeline.From) / (timeline.To - timeline.From) * (Width - 1));

    private static void Fill(byte[] pixels, int left, int right, int top, int bottom, byte colour)
    {
        for (var y = top; y < bottom; y++)
        {
            pixels.AsSpan((y * Width) + left, right - left).Fill(colour);
        }
    }
}
