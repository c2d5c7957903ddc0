using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>
/// Reads the fields of one JSON object leniently: absent, null and empty are the same; a value that does not fit is noted and
/// reads as absent. The document's text has been checked before, so nothing here throws for content.
/// </summary>
internal readonly struct JsonFields(JsonElement element, string path, ReadTrace trace)
{
    /// <summary>Longer numbers are no number anybody meant; spelled out they would only slow things down.</summary>
    private const int NumberLengthMax = 40;

    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(366);

    public JsonElement Element => element;

    public string Path => path;

    public ReadTrace Trace => trace;

    /// <summary>The value under <paramref name="key"/>, unless it is absent or null.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out JsonElement value)
    {
        trace.Sought(path, key);
        if (element.TryGetProperty(key, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            trace.Found(path, key);
            return true;
        }

        return false;
    }

    public string? Text(ReadOnlySpan<byte> key) => TryGet(key, out var value) ? TextOf(key, value) : null;

    public decimal? Number(ReadOnlySpan<byte> key)
    {
        if (!TryGet(key, out var value) || IsBlank(value))
        {
            return null;
        }

        var number = NumberOf(value);
        return number ?? Unreadable<decimal>(key, "not a number in range");
    }

    public long? Integer(ReadOnlySpan<byte> key)
    {
        if (!TryGet(key, out var value) || IsBlank(value))
        {
            return null;
        }

        var number = NumberOf(value);
        return number is { } n && n == decimal.Truncate(n) && n is >= long.MinValue and <= long.MaxValue
            ? (long)n
            : Unreadable<long>(key, "not an integer in range");
    }

    /// <summary>A number of seconds.</summary>
    public TimeSpan? Seconds(ReadOnlySpan<byte> key)
    {
        if (!TryGet(key, out var value) || IsBlank(value))
        {
            return null;
        }

        var number = NumberOf(value);
        return number is { } n && n >= 0 && n <= (decimal)LongestDuration.TotalSeconds
            ? TimeSpan.FromTicks((long)(n * TimeSpan.TicksPerSecond))
            : Unreadable<TimeSpan>(key, "not a number of seconds between 0 and a year");
    }

    public DateTimeOffset? Time(ReadOnlySpan<byte> key)
    {
        if (!TryGet(key, out var value) || IsBlank(value))
        {
            return null;
        }

        var time = Timestamps.Read(value, out var problem);
        if (problem is not null)
        {
            trace.Note(PathOf(key), problem);
        }

        return time;
    }

    public bool? Flag(ReadOnlySpan<byte> key)
    {
        if (!TryGet(key, out var value) || IsBlank(value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String or JsonValueKind.Number => value.ToString().Trim().ToUpperInvariant() switch
            {
                "TRUE" or "T" or "YES" or "Y" or "1" => true,
                "FALSE" or "F" or "NO" or "N" or "0" => false,
                _ => Unreadable<bool>(key, "neither true nor false"),
            },
            _ => Unreadable<bool>(key, "neither true nor false"),
        };
    }

    /// <summary>An object, or nothing.</summary>
    public T? One<T>(ReadOnlySpan<byte> key, Func<JsonFields, T> read)
        where T : class
    {
        if (!TryGet(key, out var value) || IsBlank(value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            return read(new JsonFields(value, PathOf(key), trace));
        }

        trace.Note(PathOf(key), "not an object");
        return null;
    }

    /// <summary>An array of objects. A lone object counts as an array of one.</summary>
    public IReadOnlyList<T> Many<T>(ReadOnlySpan<byte> key, Func<JsonFields, T> read)
    {
        if (!TryGet(key, out var value) || IsBlank(value))
        {
            return [];
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            return [read(new JsonFields(value, PathOf(key), trace))];
        }

        if (value.ValueKind is not JsonValueKind.Array)
        {
            trace.Note(PathOf(key), "not a list");
            return [];
        }

        return Rows(value, PathOf(key), read);
    }

    /// <summary>An array of texts, or of objects with a <c>name</c>.</summary>
    public IReadOnlyList<string> Texts(ReadOnlySpan<byte> key)
    {
        if (!TryGet(key, out var value) || value.ValueKind is not JsonValueKind.Array)
        {
            return [];
        }

        return
        [
            .. value.EnumerateArray()
                .Select(row => row.ValueKind is JsonValueKind.Object && row.TryGetProperty("name"u8, out var name) ? name : row)
                .Where(row => row.ValueKind is JsonValueKind.String)
                .Select(row => row.GetString()!),
        ];
    }

    private List<T> Rows<T>(JsonElement array, string arrayPath, Func<JsonFields, T> read)
    {
        var rows = new List<T>(array.GetArrayLength());
        var index = 0;
        foreach (var row in array.EnumerateArray())
        {
            var rowPath = $"{arrayPath}[{(index++).ToString(CultureInfo.InvariantCulture)}]";
            if (row.ValueKind is JsonValueKind.Object)
            {
                rows.Add(read(new JsonFields(row, rowPath, trace)));
            }
            else if (row.ValueKind is not JsonValueKind.Null)
            {
                trace.Note(rowPath, "not an object");
            }
        }

        return rows;
    }

    private string? TextOf(ReadOnlySpan<byte> key, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String)
        {
            var text = value.GetString();
            if (text is not null && text.Contains('\0', StringComparison.Ordinal))
            {
                trace.Note(PathOf(key), "contained NUL characters; they were replaced");
                text = text.Replace('\0', '\uFFFD');
            }

            return string.IsNullOrWhiteSpace(text) ? null : text;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean() ? "true" : "false";
        }

        var raw = value.ValueKind is JsonValueKind.Number ? value.GetRawText() : null;
        if (raw is null || raw.Length > NumberLengthMax)
        {
            trace.Note(PathOf(key), raw is null ? "not a text" : "a number with too many digits");
            return null;
        }

        return raw;
    }

    private static decimal? NumberOf(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Number)
        {
            return value.TryGetDecimal(out var exact) ? exact : null;
        }

        return value.ValueKind is JsonValueKind.String && value.GetString() is { Length: <= NumberLengthMax } text
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }

    private static bool IsBlank(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString());

    private T? Unreadable<T>(ReadOnlySpan<byte> key, string problem)
        where T : struct
    {
        trace.Note(PathOf(key), problem);
        return null;
    }

    private string PathOf(ReadOnlySpan<byte> key)
    {
        var name = Encoding.UTF8.GetString(key);
        return path.Length == 0 ? name : $"{path}.{name}";
    }
}
