using System.Text.RegularExpressions;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Conventions;

public sealed partial class DocumentLinkTests
{
    private static readonly IReadOnlyList<string> Documents =
        [.. Directory.GetFiles(Repository.Root, "*.md"), .. Repository.Files("docs", "*.md")];

    [Fact]
    public void Links_between_the_documents_lead_to_a_file_and_a_heading_that_exist()
    {
        var broken =
            from document in Documents
            from Match link in Link().Matches(File.ReadAllText(document))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            where !Exists(document, target)
            select $"{Path.GetRelativePath(Repository.Root, document)}: {target}";

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_of_the_docs_is_linked_from_the_README_or_from_another_page()
    {
        var linked = Documents.SelectMany(document => Link().Matches(File.ReadAllText(document))
            .Select(link => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, link.Groups["target"].Value.Split('#')[0]))));

        Repository.Files("docs", "*.md").Except(linked, StringComparer.Ordinal).Select(Path.GetFileName).ShouldBeEmpty();
    }

    private static bool Exists(string document, string target)
    {
        var parts = target.Split('#');
        var path = parts[0].Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(parts[0]));
        return parts.Length == 1
            ? File.Exists(path) || Directory.Exists(path)
            : File.Exists(path) && Anchors(path).Contains(parts[1], StringComparer.Ordinal);
    }

    /// <summary>As the forges make them: lower case, punctuation gone, blanks to hyphens.</summary>
    private static IEnumerable<string> Anchors(string path) => File.ReadLines(path)
        .Where(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#').Trim().ToLowerInvariant())
        .Select(title => string.Concat(title.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();
}
