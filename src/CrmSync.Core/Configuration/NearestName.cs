namespace CrmSync.Core.Configuration;

/// <summary>Finds what somebody meant to write.</summary>
public static class NearestName
{
    /// <summary>"Did you mean X?", or the whole list when nothing is near.</summary>
    public static string Hint(string written, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.OrdinalIgnoreCase).ToList();
        return Of(written, names) is { } near ? $"Did you mean {near}?" : $"Known are: {string.Join(", ", names)}.";
    }

    /// <summary>The name with the fewest typing mistakes between, if they are few for its length.</summary>
    public static string? Of(string written, IEnumerable<string> known) => known
        .Select(name => (Name: name, Mistakes: Mistakes(written.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(candidate => candidate.Mistakes <= Math.Max(1, candidate.Name.Length / 3))
        .OrderBy(candidate => candidate.Mistakes)
        .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    // Levenshtein distance over two rows.
    private static int Mistakes(string a, string b)
    {
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
            }

            above = row;
        }

        return above[^1];
    }
}
