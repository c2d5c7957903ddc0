using System.Globalization;
using System.Text;

namespace CrmSync.Core.Rendering.Text;

/// <summary>How a CRM counts the length of a text.</summary>
public enum TextUnit
{
    /// <summary>UTF-8 bytes.</summary>
    Bytes,

    /// <summary>UTF-16 units, as .NET, Java and JavaScript count.</summary>
    Characters,
}

/// <summary>A text that fits.</summary>
/// <param name="CutCharacters">How many characters of the original are missing; zero when it fitted.</param>
public sealed record CutText(string Text, int CutCharacters)
{
    public bool WasCut => CutCharacters > 0;
}

/// <summary>
/// Cuts a text that is too long for a CRM and says so. The cut is at the end of a line when one is near, else between words, else
/// between grapheme clusters: never within an emoji or an accented letter.
/// </summary>
public static class TextCut
{
    /// <param name="max">Inclusive, in <paramref name="unit"/>.</param>
    /// <param name="sentence">
    /// The sentence that ends a cut text, from the number of characters that are missing:
    /// <c>… (cut, 1,234 characters more; the whole is in call-48211-9f86d081884c.json)</c>.
    /// </param>
    public static CutText Cut(string text, int max, TextUnit unit, Func<int, string> sentence)
    {
        if (Length(text, unit) <= max)
        {
            return new CutText(text, 0);
        }

        // The longest pointer is the one for the whole text: room for it is room for any.
        var room = max - Length(sentence(text.Length), unit) - 1;
        var kept = room > 0 ? text[..Boundary(text, Fitting(text, room, unit))].TrimEnd() : string.Empty;
        var missing = text.Length - kept.Length;
        var ending = kept.Length == 0 ? sentence(missing) : $"\n{sentence(missing)}";
        return new CutText(kept + Clip(ending, max, unit), missing);
    }

    /// <inheritdoc cref="Cut(string, int, TextUnit, Func{int, string})"/>
    /// <param name="fileName">The attached file that holds the whole.</param>
    /// <param name="language">Two letters.</param>
    public static CutText Cut(string text, int max, TextUnit unit, string fileName, string language = "en") =>
        Cut(text, max, unit, missing => Language.Phrases.For(language).CutPointer(missing, fileName));

    /// <summary>In UTF-8 bytes or UTF-16 units.</summary>
    public static int Length(string text, TextUnit unit) => unit is TextUnit.Bytes ? Encoding.UTF8.GetByteCount(text) : text.Length;

    /// <summary>The longest beginning of <paramref name="text"/> that fits, in whole grapheme clusters.</summary>
    internal static int Fitting(string text, int max, TextUnit unit)
    {
        var (at, used) = (0, 0);
        while (at < text.Length)
        {
            var cluster = StringInfo.GetNextTextElementLength(text, at);
            used += Length(text.Substring(at, cluster), unit);
            if (used > max)
            {
                break;
            }

            at += cluster;
        }

        return at;
    }

    // A line end is worth a quarter of the text, a space the last 40 characters.
    private static int Boundary(string text, int fitting)
    {
        if (fitting == text.Length)
        {
            return fitting;
        }

        var line = text.LastIndexOf('\n', fitting);
        if (line >= fitting - (fitting / 4))
        {
            return line;
        }

        var space = text.LastIndexOf(' ', fitting);
        return space >= fitting - 40 && space > 0 ? space : fitting;
    }

    private static string Clip(string text, int max, TextUnit unit) => text[..Fitting(text, max, unit)];
}
