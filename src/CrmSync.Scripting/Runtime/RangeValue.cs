namespace CrmSync.Scripting.Runtime;

/// <summary><c>1..5</c>: a list of integers that exist only as they are asked for. Counts down when the end is the smaller one.</summary>
internal sealed class RangeValue : IReadOnlyList<object?>
{
    private readonly long _first;
    private readonly int _step;

    private RangeValue(long first, long length, int step)
    {
        _first = first;
        _step = step;
        Length = length;
    }

    public long Length { get; }

    public int Count => (int)Math.Min(Length, int.MaxValue);

    public object? this[int index] => Numbers.Box(_first + ((long)index * _step));

    public static RangeValue Inclusive(long first, long last) => new(first, Distance(first, last) + 1, last < first ? -1 : 1);

    public static RangeValue Exclusive(long first, long end) => new(first, Distance(first, end), end < first ? -1 : 1);

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Capped, so that the full range of 64 bits does not overflow; no such range can be walked anyway.</summary>
    private static long Distance(long from, long to) => (long)Int128.Min(Int128.Abs((Int128)to - from), long.MaxValue - 1);
}
