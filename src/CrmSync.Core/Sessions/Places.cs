using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>Rows whose key Google does not publish: the admin's places first, then the keys that are likely.</summary>
internal static class Places
{
    public static IReadOnlyList<T> Read<T>(
        JsonFields root, IReadOnlyList<JsonPath> places, Func<JsonFields, T> read, ReadOnlySpan<byte> key, ReadOnlySpan<byte> alias)
    {
        foreach (var place in places)
        {
            var rows = place.Select(root.Element)
                .SelectMany(value => value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
                .Where(value => value.ValueKind is JsonValueKind.Object)
                .Select(value => read(new JsonFields(value, place.Text, root.Trace)))
                .ToList();
            if (rows.Count > 0)
            {
                return rows;
            }
        }

        return root.Many(key, read) is { Count: > 0 } known ? known : root.Many(alias, read);
    }
}
