using CrmSync.TestSupport;

namespace CrmSync.Tests.Conventions;

public sealed class FileSizeTests
{
    private const int LinesMax = 300;

    /// <summary>Longer files, and why they are better in one piece.</summary>
    private static readonly Dictionary<string, string> Longer = new(StringComparer.Ordinal);

    [Fact]
    public void No_source_file_is_longer_than_300_lines() => LongFiles().Except(Longer.Keys, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_still_needed() => Longer.Keys.Except(LongFiles(), StringComparer.Ordinal).ShouldBeEmpty();

    private static IEnumerable<string> LongFiles() =>
        from path in Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.sql"))
        where File.ReadLines(path).Count() > LinesMax
        select Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
