using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;
using static CrmSync.Scripting.Builtins.StringBuiltins;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>string</c> that take parts away or put others in.</summary>
internal static class StringPartBuiltins
{
    public static IEnumerable<KeyValuePair<string, object?>> Functions { get; } =
    [
        Text("remove", "text remove", a => Replace(a, "")),
        Text("remove_first", "text remove", a => ReplaceOne(a, "", fromEnd: false)),
        Text("remove_last", "text remove", a => ReplaceOne(a, "", fromEnd: true)),
        Text("replace", "text match replace", a => Replace(a, a.Text(2))),
        Text("replace_first", "text match replace from_end?", a => ReplaceOne(a, a.Text(2), a.Truth(3))),
        Text("slice", "text start length?", a => Slice(a, otherwise: int.MaxValue)),
        Text("slice1", "text start length?", a => Slice(a, otherwise: 1)),
        Text("truncate", "text length ellipsis?", Truncate),
        Text("truncatewords", "text count ellipsis?", TruncateWords),
        Text("pad_left", "text width", a => Pad(a, (text, width) => text.PadLeft(width))),
        Text("pad_right", "text width", a => Pad(a, (text, width) => text.PadRight(width))),
    ];

    private static object? Replace(in Arguments a, string with)
    {
        var match = a.Text(1);

        if (a[0] is null || match.Length == 0)
            return a[0];

        var text = a.Text(0);

        // Charged before it is made: each character of the text may become a whole replacement.
        if (with.Length > match.Length)
            a.Run.ChargeText(a.Site, text.Length + ((long)Count(text, match) * (with.Length - match.Length)));

        return Checked(a, text.Replace(match, with, StringComparison.Ordinal));
    }

    private static int Count(string text, string match)
    {
        var count = 0;
        for (var at = text.IndexOf(match, StringComparison.Ordinal); at >= 0; at = text.IndexOf(match, at + match.Length, StringComparison.Ordinal))
            count++;

        return count;
    }

    private static object? ReplaceOne(in Arguments a, string with, bool fromEnd)
    {
        var (text, match) = (a.Text(0), a.Text(1));
        var at = fromEnd ? text.LastIndexOf(match, StringComparison.Ordinal) : text.IndexOf(match, StringComparison.Ordinal);

        return at < 0 || match.Length == 0 ? a[0] : Checked(a, string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + match.Length)));
    }

    /// <summary>A negative start counts from the end; what lies outside of the text is left out.</summary>
    private static string? Slice(in Arguments a, int otherwise)
    {
        if (a[0] is null)
            return null;

        var text = a.Text(0);
        var start = a.Int(1);
        var length = a.Int(2, otherwise);

        // The package counts a length of zero as "the rest" for slice.
        if (length == 0 && otherwise == int.MaxValue)
            length = int.MaxValue;

        start = start < 0 ? Math.Max(0, start + text.Length) : Math.Min(start, text.Length);
        return text.Substring(start, Math.Clamp(length, 0, text.Length - start));
    }

    private static object? Truncate(Arguments a)
    {
        if (a[0] is null)
            return null;

        var text = a.Text(0);
        var ellipsis = a[2] is null ? "..." : a.Text(2);
        var length = Math.Max(0, a.Int(1));

        if (text.Length <= length)
            return text;

        return Checked(a, string.Concat(text.AsSpan(0, Whole(text, Math.Max(0, length - ellipsis.Length))), ellipsis));
    }

    /// <summary>Does not cut a character of two code units in half.</summary>
    private static int Whole(string text, int length) => length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;

    private static object? TruncateWords(Arguments a)
    {
        if (a[0] is null)
            return null;

        var words = a.Text(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var count = Math.Max(0, a.Int(1));
        var kept = string.Join(' ', words.Take(count));

        return Checked(a, words.Length > count ? kept + (a[2] is null ? "..." : a.Text(2)) : kept);
    }

    private static string Pad(in Arguments a, Func<string, int, string> pad)
    {
        var width = Math.Max(0, a.Int(1));
        a.Run.ChargeText(a.Site, width);
        return pad(a.Text(0), width);
    }
}
