namespace CrmSync.Settings;

/// <summary>Docker and Kubernetes hand secrets over as files: <c>ClientSecret_FILE</c> names one that holds <c>ClientSecret</c>.</summary>
internal static class SecretFiles
{
    private const string Suffix = "_FILE";

    /// <summary>The same settings with each <c>X_FILE</c> replaced by <c>X</c>, the file's text without its last line end.</summary>
    /// <exception cref="SettingsException">A file cannot be read, or both X and X_FILE are set.</exception>
    public static IReadOnlyList<KeyValuePair<string, string?>> Resolve(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var all = settings.ToDictionary(StringComparer.OrdinalIgnoreCase);
        var complaints = new List<Core.Configuration.Complaint>();
        foreach (var (key, path) in all.Where(s => s.Key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && s.Value is { Length: > 0 }).ToList())
        {
            var target = key[..^Suffix.Length];
            if (all.TryGetValue(target, out var set) && !string.IsNullOrEmpty(set))
            {
                complaints.Add(new(target, $"is set twice: here and by {key}.", "Keep one of the two."));
                continue;
            }

            try
            {
                all[target] = File.ReadAllText(path!).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                complaints.Add(new(key, $"names a file that cannot be read: {path}.", "Check the path and that CrmSync's user may read it."));
            }

            all.Remove(key);
        }

        return complaints.Count == 0 ? [.. all] : throw new SettingsException(complaints);
    }
}
