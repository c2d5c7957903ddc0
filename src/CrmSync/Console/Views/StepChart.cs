using System.Globalization;
using CrmSync.Core.Reading;

namespace CrmSync.Console.Views;

/// <summary>Bars of deliveries with a line of picked-up sessions, step by step: where each thing stands, in units of its view box.</summary>
public sealed class StepChart
{
    public const double Width = 800;
    public const double Height = 240;
    public const double Left = 52;
    public const double Bottom = Height - 28;

    private const double Top = 10;
    private const double Right = 8;
    private const int Gridlines = 4;

    /// <summary>Time labels that fit beside each other.</summary>
    private const int LabelsMax = 8;

    private readonly IReadOnlyList<OverviewStep> _steps;
    private readonly double _slot;

    public StepChart(IReadOnlyList<OverviewStep> steps)
    {
        _steps = steps;
        _slot = (Width - Left - Right) / Math.Max(1, steps.Count);
        var highest = steps.Count == 0 ? 0 : steps.Max(step => Math.Max(step.PickedUp, step.Delivered + step.Waiting + step.NeedsPerson));
        Max = RoundUp(highest);
    }

    /// <summary>The value at the top gridline.</summary>
    public long Max { get; }

    public IEnumerable<long> Grid => Enumerable.Range(0, Gridlines + 1).Select(line => Max * line / Gridlines);

    public double BarWidth => Math.Max(2, _slot * 0.62);

    public double SlotWidth => _slot;

    public double BarX(int step) => Left + (_slot * step) + ((_slot - BarWidth) / 2);

    public double SlotX(int step) => Left + (_slot * step);

    public double Y(long value) => Bottom - ((Bottom - Top) * value / Max);

    public double HeightOf(long value) => Bottom - Y(value);

    /// <summary>Points of the line, for <c>polyline</c>.</summary>
    public string Line => string.Join(' ', _steps.Select((step, i) => $"{N(SlotX(i) + (_slot / 2))},{N(Y(step.PickedUp))}"));

    /// <summary>Whether a time stands below this step.</summary>
    public bool HasLabel(int step) => step % Math.Max(1, (int)Math.Ceiling(_steps.Count / (double)LabelsMax)) == 0;

    /// <summary>For an attribute: a point as decimal sign whatever the user's language.</summary>
    public static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    // 4, 8, 12, ... 36, 40, 80, ...: each gridline is a whole number.
    private static long RoundUp(long highest)
    {
        for (long power = 1; ; power *= 10)
        {
            for (long four = 4; four < 40; four += 4)
            {
                if (four * power >= highest)
                {
                    return four * power;
                }
            }
        }
    }
}
