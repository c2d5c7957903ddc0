using System.Reflection;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Conventions;

/// <summary>The assemblies built from src, by project name.</summary>
internal static class Product
{
    public static IReadOnlyDictionary<string, Assembly> Assemblies { get; } = Directory
        .GetDirectories(Repository.Combine("src"))
        .Select(folder => Path.GetFileName(folder)!)
        .ToDictionary(project => project, project => Assembly.Load(project == "CrmSync" ? "crmsync" : project), StringComparer.Ordinal);

    /// <summary>Types that somebody wrote: the compiler's and the generators' own left out.</summary>
    public static IEnumerable<Type> Types => Assemblies.Values
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && type.FullName?.Contains('<', StringComparison.Ordinal) is not true);
}
