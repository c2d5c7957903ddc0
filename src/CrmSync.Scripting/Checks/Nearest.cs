namespace CrmSync.Scripting;

/// <summary>Finds the name that was most likely meant.</summary>
internal static class Nearest
{
    private const int NameCharsMax = 64;

    /// <summary>A sentence that names it, or null when nothing comes close.</summary>
    public static string? Hint(string name, IEnumerable<string> candidates) =>
        Of(name, candidates) is { } nearest ? $"Did you mean `{nearest}`?" : null;

    public static string? Of(string name, IEnumerable<string> candidates)
    {
        if (name.Length > NameCharsMax)
            return null;

        var best = candidates
            .Where(c => c.Length <= NameCharsMax)
            .Select(c => (Name: c, Distance: Distance(name, c)))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .FirstOrDefault();

        return best.Name is not null && best.Distance <= Math.Max(1, Math.Max(name.Length, best.Name.Length) / 3) ? best.Name : null;
    }

    /// <summary>Edits (insert, delete, replace, swap neighbours) that turn one name into the other, ignoring case.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];

        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;

        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);

                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
