using System.Globalization;
using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>
/// Reads the platform's times. Documented form: ISO 8601 with milliseconds and the tenant's offset. Also met: other ISO
/// spellings, stray characters behind the value, Unix seconds and milliseconds (webhooks).
/// </summary>
internal static class Timestamps
{
    /// <summary>Above this a Unix number counts milliseconds: as seconds it would be the year 5138.</summary>
    private const decimal FirstMillisecondsValue = 100_000_000_000m;

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] WithOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd'T'HH:mmK", "yyyyMMdd'T'HHmmssK",
    ];

    /// <summary>The instant with its offset; null with <paramref name="problem"/> set when it cannot be read.</summary>
    public static DateTimeOffset? Read(JsonElement value, out string? problem)
    {
        problem = null;
        var text = value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number && text.Length <= 64
            && (FromUnix(text) ?? FromIso(value, text, ref problem)) is { } time
            && time >= Earliest && time < Latest)
        {
            return time;
        }

        problem = "not a time between the years 2000 and 2200";
        return null;
    }

    private static DateTimeOffset? FromUnix(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out var number)
            || number < (decimal)Earliest.ToUnixTimeSeconds() || number >= Latest.ToUnixTimeMilliseconds())
        {
            return null;
        }

        var milliseconds = number >= FirstMillisecondsValue ? number : number * 1000;
        return DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
    }

    private static DateTimeOffset? FromIso(JsonElement value, string text, ref string? problem)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        var trimmed = TrimJunk(text);
        if (HasOffset(trimmed) && DateTimeOffset.TryParseExact(
                trimmed, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        if (DateTimeOffset.TryParseExact(
                trimmed, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
        {
            problem = "a time without an offset; read as UTC";
            return time;
        }

        return null;
    }

    /// <summary>The published example ends in a stray <c>&gt;</c>.</summary>
    private static string TrimJunk(string text)
    {
        var end = text.Length;
        while (end > 0 && !char.IsAsciiLetterOrDigit(text[end - 1]))
        {
            end--;
        }

        return text[..end].TrimStart(' ', '<', '"', '\'');
    }

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || text.EndsWith("UTC", StringComparison.Ordinal)
        || (text.Length > 16 && text.AsSpan(16).IndexOfAny('+', '-') >= 0);
}
