using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmSync.Mail.Tests;

/// <summary>RFC 2047 read literally, to check the writer against; the real parsers are asked elsewhere.</summary>
internal static partial class MiniDecoder
{
    /// <summary>The value of a field: unfolded, encoded words decoded, white space between them dropped, quotes taken away.</summary>
    public static string Decode(string field)
    {
        var value = field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("\r\n", "", StringComparison.Ordinal).Trim();
        value = Between().Replace(value, "?==?");
        return Word().Replace(value, match => Encoding.UTF8.GetString(match.Groups["form"].Value == "b"
            ? Convert.FromBase64String(match.Groups["text"].Value)
            : FromQ(match.Groups["text"].Value)));
    }

    /// <summary>The same for a mailbox, whose name may stand in quotes.</summary>
    public static string DecodeName(string field)
    {
        var value = field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("\r\n", "", StringComparison.Ordinal).Trim();
        return value.StartsWith('"')
            ? Quoted().Replace(value, match => Escape().Replace(match.Groups["text"].Value, "${it}"))
            : Decode(field);
    }

    private static byte[] FromQ(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"\?=\s+=\?(?=utf-8\?[bq]\?)", RegexOptions.None, 1000)]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?utf-8\?(?<form>[bq])\?(?<text>[^?]*)\?=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("^\"(?<text>(\\\\.|[^\"\\\\])*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\\(?<it>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();
}
