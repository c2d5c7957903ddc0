using CrmSync.Core.Configuration;
using CrmSync.Core.Sources;

namespace CrmSync.Sending;

/// <summary>Which configured source's settings read a file that a person named.</summary>
internal static class SourcePick
{
    /// <summary>The one named, else the first; null when there is none of that name.</summary>
    public static ISessionSource? Find(IReadOnlyList<ISessionSource> sources, string? name) =>
        name is null ? sources[0] : sources.FirstOrDefault(source => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static string Unknown(IReadOnlyList<ISessionSource> sources, string? name) =>
        $"There is no source '{name}'. {NearestName.Hint(name ?? string.Empty, sources.Select(source => source.Name))}";
}
