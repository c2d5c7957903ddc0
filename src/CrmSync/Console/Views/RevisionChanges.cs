using System.Text.Json;

namespace CrmSync.Console.Views;

/// <summary>One value that differs between two contents of a file.</summary>
/// <param name="Path"><c>dispositions[0].note</c></param>
/// <param name="Before">Null: it was not there.</param>
/// <param name="After">Null: it is not there any more.</param>
public sealed record ValueChange(string Path, string? Before, string? After);

/// <summary>What changed from one revision of a session's file to the next, value by value.</summary>
public static class RevisionChanges
{
    private const int ValueLengthMax = 160;

    /// <summary>Files are bounded, but ten thousand rows help nobody.</summary>
    private const int LookedAtMax = 20_000;

    public static IReadOnlyList<ValueChange> Between(JsonElement before, JsonElement after)
    {
        var (was, now) = (Flatten(before), Flatten(after));
        return
        [
            .. now.Where(entry => was.GetValueOrDefault(entry.Key) != entry.Value).Select(entry => new ValueChange(entry.Key, was.GetValueOrDefault(entry.Key), entry.Value))
                .Concat(was.Where(entry => !now.ContainsKey(entry.Key)).Select(entry => new ValueChange(entry.Key, entry.Value, null))),
        ];
    }

    // Null and absent are the same to a session's reader, so they are here.
    private static Dictionary<string, string> Flatten(JsonElement root)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = new Stack<(string Path, JsonElement Element)>([(string.Empty, root)]);
        while (left.TryPop(out var next) && values.Count < LookedAtMax)
        {
            switch (next.Element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in next.Element.EnumerateObject().Reverse())
                    {
                        left.Push((next.Path.Length == 0 ? property.Name : $"{next.Path}.{property.Name}", property.Value));
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var (item, i) in next.Element.EnumerateArray().Select((item, i) => (item, i)).Reverse())
                    {
                        left.Push((FormattableString.Invariant($"{next.Path}[{i}]"), item));
                    }

                    break;
                case JsonValueKind.Null or JsonValueKind.Undefined:
                    break;
                default:
                    values[next.Path] = Short(next.Element.ToString());
                    break;
            }
        }

        return values;
    }

    private static string Short(string text) => text.Length <= ValueLengthMax ? text : $"{text[..ValueLengthMax]}…";
}
