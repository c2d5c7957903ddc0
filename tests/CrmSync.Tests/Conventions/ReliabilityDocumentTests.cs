using System.Text.RegularExpressions;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Conventions;

/// <summary>docs/reliability.md names tests as proof: they must exist.</summary>
public sealed partial class ReliabilityDocumentTests
{
    [Fact]
    public void Every_test_that_the_document_names_exists()
    {
        var sources = string.Concat(Repository.Files("tests", "*.cs").Concat(Repository.Files("src", "*.cs")).Select(File.ReadAllText));
        var document = File.ReadAllText(Repository.Combine("docs", "reliability.md"));

        var named = Name().Matches(document).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();

        named.Count.ShouldBeGreaterThan(50);
        named.Where(name => !Regex.IsMatch(sources, $@"\b{name}\b", RegexOptions.NonBacktracking)).ShouldBeEmpty();
    }

    /// <summary>Methods are sentences with underscores, classes end in Tests.</summary>
    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+|[A-Z][A-Za-z0-9]+Tests)`", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
