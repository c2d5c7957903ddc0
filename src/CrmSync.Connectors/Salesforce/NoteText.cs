using System.Globalization;
using System.Text;

namespace CrmSync.Connectors.Salesforce;

/// <summary>Makes a note fit its field, cut between characters as people see them.</summary>
internal static class NoteText
{
    /// <summary>The whole text, or as much as fits with <paramref name="pointer"/> on a line of its own. Salesforce counts UTF-8 bytes in comments.</summary>
    public static string FitBytes(string text, int bytesMax, string pointer) => Fit(text, bytesMax, pointer, static span => Encoding.UTF8.GetByteCount(span));

    /// <summary>The same in UTF-16 characters, as text areas count.</summary>
    public static string FitCharacters(string text, int charactersMax, string pointer) => Fit(text, charactersMax, pointer, static span => span.Length);

    /// <summary>
    /// Composite calls read <c>@{name.field}</c> in any text as a reference to another node, and know no escape: a zero-width space
    /// breaks it up.
    /// </summary>
    public static string WithoutReferences(string text) => text.Replace("@{", "@\u200B{", StringComparison.Ordinal);

    private delegate int Measure(ReadOnlySpan<char> text);

    private static string Fit(string text, int max, string pointer, Measure measure)
    {
        if (measure(text) <= max)
        {
            return text;
        }

        var room = max - measure(pointer) - 1;
        var end = 0;
        while (end < text.Length)
        {
            var step = StringInfo.GetNextTextElementLength(text.AsSpan(end));
            var size = measure(text.AsSpan(end, step));
            if (size > room)
            {
                break;
            }

            room -= size;
            end += step;
        }

        return $"{text.AsSpan(0, end).TrimEnd()}\n{pointer}";
    }
}
