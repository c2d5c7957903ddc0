using System.Globalization;
using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>
/// A place in a session file, as an admin writes it: <c>wrap_up.codes</c>, <c>$.agents[*].wrap_up</c>, <c>legs[0].note</c>,
/// <c>['key with blanks']</c>. The part of JSONPath (RFC 9535) without filters and recursion.
/// </summary>
public sealed class JsonPath
{
    private readonly IReadOnlyList<Step> _steps;

    private JsonPath(string text, IReadOnlyList<Step> steps)
    {
        Text = text;
        _steps = steps;
    }

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    public override string ToString() => Text;

    /// <summary>Parses a path; on failure <paramref name="problem"/> says what is wrong and where.</summary>
    public static bool TryParse(string? text, out JsonPath? path, out string? problem)
    {
        path = null;
        problem = null;
        var taken = new List<Step>();
        var rest = (text ?? string.Empty).Trim().AsSpan();
        if (rest is ['$', ..])
        {
            rest = rest[1..];
        }

        while (!rest.IsEmpty)
        {
            if (TakeStep(ref rest) is not { } step)
            {
                problem = $"cannot be read at '{rest}': write key.key, key[*] or key[0]";
                return false;
            }

            taken.Add(step);
        }

        if (taken.Count == 0)
        {
            problem = "is empty: write a place such as wrap_up.codes";
            return false;
        }

        path = new JsonPath(text!.Trim(), taken);
        return true;
    }

    /// <summary>Parses a path that is known to be right.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static JsonPath Parse(string text) =>
        TryParse(text, out var path, out var problem) ? path! : throw new FormatException($"The path {text} {problem}");

    /// <summary>The values at this place, in document order; none when the file has no such place.</summary>
    public IEnumerable<JsonElement> Select(JsonElement root)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var step in _steps)
        {
            found = found.SelectMany(step.From);
        }

        return found;
    }

    private static Step? TakeStep(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] == '[')
        {
            return TakeBracket(ref rest);
        }

        var from = rest[0] == '.' ? 1 : 0;
        var length = rest[from..].IndexOfAny('.', '[');
        var key = length < 0 ? rest[from..] : rest.Slice(from, length);
        if (key.IsEmpty || key.ContainsAny(']', '\'', '"'))
        {
            return null;
        }

        rest = rest[(from + key.Length)..];
        return key is "*" ? new Step.Each() : new Step.Key(key.ToString());
    }

    private static Step? TakeBracket(ref ReadOnlySpan<char> rest)
    {
        var end = rest is ['[', '\'' or '"', ..] ? rest[2..].IndexOf($"{rest[1]}]", StringComparison.Ordinal) + 3 : rest.IndexOf(']');
        if (end < 2 || (rest[1] is '\'' or '"' && end < 4))
        {
            return null;
        }

        var inside = rest[1..end];
        Step? step = inside switch
        {
            "*" => new Step.Each(),
            ['\'' or '"', ..] => new Step.Key(inside[1..^1].ToString()),
            _ when int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => new Step.Index(index),
            _ => null,
        };
        rest = step is null ? rest : rest[(end + 1)..];
        return step;
    }

    private abstract record Step
    {
        public abstract IEnumerable<JsonElement> From(JsonElement element);

        public sealed record Key(string Name) : Step
        {
            public override IEnumerable<JsonElement> From(JsonElement element) =>
                element.ValueKind is JsonValueKind.Object && element.TryGetProperty(Name, out var value) ? [value] : [];
        }

        public sealed record Index(int At) : Step
        {
            public override IEnumerable<JsonElement> From(JsonElement element) =>
                element.ValueKind is JsonValueKind.Array && At < element.GetArrayLength() ? [element[At]] : [];
        }

        public sealed record Each : Step
        {
            public override IEnumerable<JsonElement> From(JsonElement element) => element.ValueKind switch
            {
                JsonValueKind.Array => element.EnumerateArray(),
                JsonValueKind.Object => element.EnumerateObject().Select(property => property.Value),
                _ => [],
            };
        }
    }
}
