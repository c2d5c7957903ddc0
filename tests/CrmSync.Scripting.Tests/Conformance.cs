using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmSync.Scripting.Tests;

/// <summary>
/// The published test data of the Scriban project: <c>NAME.txt</c> is a template and <c>NAME.out.txt</c> what it renders, or the
/// errors it is refused with. The data is not part of this repository; see the README of its folder.
/// </summary>
public sealed partial class Conformance
{
    private const string FolderVariable = "TESTS_SCRIBAN_LANGUAGE";
    private const string NoFolder = "the Scriban test data is not here; set TESTS_SCRIBAN_LANGUAGE to its folder to run it";

    /// <summary>Cases that cannot pass, and why. None.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal);

    /// <summary>What the reference tests give to some of their templates.</summary>
    private static readonly Dictionary<string, object?> Model = new(StringComparer.Ordinal)
    {
        ["products"] = new[] { "Orange", "Banana", "Apple", "Computer", "Mobile Phone", "Table", "Sofa" }
            .Select(title => new Dictionary<string, object?>(StringComparer.Ordinal) { ["title"] = title })
            .ToArray(),
    };

    /// <summary>Functions that the reference tests write in C#; here they are written in the language itself.</summary>
    private const string Functions =
        """
        {{-
        func special_concat_strings(a = "default_a", b = "default_b", c = "default_c")
          ret "a: " + a + ", b: " + b + ", c: " + c
        end
        func special_concat_params(args...)
          ret numbered args ""
        end
        func special_concat_string_and_params(a, args...)
          ret "a: " + a + ", " + (numbered args "")
        end
        func numbered(values, text)
          for value in values
            text = text + (for.first ? "" : ", ") + "v" + for.index + ": " + value
          end
          ret text
        end
        -}}
        """;

    public static TheoryData<string> Cases()
    {
        var data = new TheoryData<string>();

        foreach (var name in Folder() is { } folder ? Names(folder) : [NoFolder])
            data.Add(name);

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_reference_renders_or_refuses_the_same(string name)
    {
        if (Folder() is not { } folder)
        {
            Assert.Skip(NoFolder);
            return;
        }

        if (Exceptions.TryGetValue(name, out var reason))
            Assert.Skip(reason);

        var template = Read(Path.Combine(folder, name + ".txt"));
        var expected = Read(Path.Combine(folder, name + ".out.txt"));
        var (text, error) = Render(template);

        if (ErrorLine().Match(expected) is { Success: true } refused)
            (error?.Line ?? 0).ShouldBe(int.Parse(refused.Groups["line"].ValueSpan, CultureInfo.InvariantCulture), $"expected a refusal there, got: {error?.ToString() ?? text}");
        else
            text.ShouldBe(expected, error?.ToString());
    }

    private static (string? Text, Diagnostic? Error) Render(string text)
    {
        var prelude = text.Contains("special_concat", StringComparison.Ordinal) ? Functions : "";
        var parsed = Template.Parse(prelude + text, "text");

        if (parsed.Template is null)
            return (null, parsed.Diagnostics[0]);

        var result = parsed.Template.Render(Model, new RenderOptions { Strict = true }, TestContext.Current.CancellationToken);
        return (result.Text?.Replace("\r\n", "\n", StringComparison.Ordinal), result.Error);
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*.out.txt", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path)[..^".out.txt".Length])
            .Order(StringComparer.Ordinal);

    internal static string? Folder()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "scriban-language");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }

    internal static string Read(string path) => File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex(@"^text\((?<line>\d+),\d+\) : error", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorLine();
}
