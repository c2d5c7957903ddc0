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

    // Optimal string alignment: a letter too many, missing, wrong, or two swapped count one each.
    private static int Mistakes(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                distance[i, j] = i == 0 || j == 0 ? i + j : Least(distance, a, b, i, j);
            }
        }

        return distance[a.Length, b.Length];
    }

    private static int Least(int[,] distance, string a, string b, int i, int j)
    {
        var replaced = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var least = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
        return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
            ? Math.Min(least, distance[i - 2, j - 2] + 1)
            : least;
    }
}
