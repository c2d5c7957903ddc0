using System.Text.Encodings.Web;
using System.Text.Json;

namespace CrmSync.Console.Views;

/// <summary>A JSON file laid out for reading: a line for each value.</summary>
public sealed record JsonText(IReadOnlyList<string> Lines)
{
    /// <summary>A browser stays quick with so many lines on a page; the rest is found by searching.</summary>
    private const int ShownMax = 4_000;

    // Only for reading on a page, where every text is encoded again: no need to write é as an escape.
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonText Of(JsonElement json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteTo(writer);
        }

        return new JsonText(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).Split('\n'));
    }

    /// <summary>Lines with their numbers (from 1): all, or those that contain <paramref name="sought"/>.</summary>
    public IReadOnlyList<(int Number, string Text)> Find(string? sought) =>
    [
        .. Lines
            .Select((text, i) => (i + 1, text))
            .Where(line => string.IsNullOrWhiteSpace(sought) || line.text.Contains(sought.Trim(), StringComparison.OrdinalIgnoreCase))
            .Take(ShownMax),
    ];

    /// <summary>A line in parts, the found ones marked.</summary>
    public static IEnumerable<(string Text, bool Found)> Mark(string line, string? sought)
    {
        var wanted = sought?.Trim();
        var at = 0;
        while (!string.IsNullOrEmpty(wanted) && line.IndexOf(wanted, at, StringComparison.OrdinalIgnoreCase) is var found and >= 0)
        {
            if (found > at)
            {
                yield return (line[at..found], false);
            }

            yield return (line[found..(found + wanted.Length)], true);
            at = found + wanted.Length;
        }

        if (at < line.Length)
        {
            yield return (line[at..], false);
        }
    }
}
