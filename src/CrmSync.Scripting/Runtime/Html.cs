using System.Buffers;
using System.Text;

namespace CrmSync.Scripting.Runtime;

/// <summary>Escaping for HTML text and for attribute values in either kind of quotes.</summary>
internal static class Html
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'\0");

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
            return text;

        var builder = new StringBuilder(text.Length + 16);
        Encode(text, builder);
        return builder.ToString();
    }

    public static void Encode(ReadOnlySpan<char> text, StringBuilder into)
    {
        for (var next = text.IndexOfAny(Special); next >= 0; next = text.IndexOfAny(Special))
        {
            into.Append(text[..next]).Append(text[next] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => "\uFFFD", // NUL has no escape in HTML; parsers replace it with this.
            });

            text = text[(next + 1)..];
        }

        into.Append(text);
    }
}
