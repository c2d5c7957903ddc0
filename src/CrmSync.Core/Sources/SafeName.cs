using System.Globalization;
using System.Text;

namespace CrmSync.Core.Sources;

/// <summary>Shows names that somebody else chose without letting them act on a terminal or a log.</summary>
public static class SafeName
{
    /// <summary>A name of 255 bytes in nested folders still fits.</summary>
    private const int LengthMax = 512;

    public static string Escape(string name)
    {
        if (name.Length <= LengthMax && !name.Any(IsUnsafe))
        {
            return name;
        }

        var safe = new StringBuilder();
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, LengthMax)))
        {
            _ = IsUnsafe(c) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : safe.Append(c);
        }

        return name.Length > LengthMax ? $"{safe}..." : safe.ToString();
    }

    /// <summary>Controls, line separators, and format characters such as U+202E, which shows <c>gpj.exe</c> as <c>exe.jpg</c>.</summary>
    private static bool IsUnsafe(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse;
}
