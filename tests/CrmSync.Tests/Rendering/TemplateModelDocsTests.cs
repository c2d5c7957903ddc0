using System.Text;
using CrmSync.Core.Rendering.Model;
using CrmSync.Scripting;

namespace CrmSync.Tests.Rendering;

public sealed class TemplateModelDocsTests
{
    private const string Start = "<!-- members: written by the tests from the model itself (TESTS_APPROVE=1) -->\n";
    private const string End = "<!-- end of members -->";

    [Fact]
    public void Every_member_is_documented_with_an_example()
    {
        var file = RepositoryFolder.Of("docs", "template-model.md");
        var text = File.ReadAllText(file);
        var from = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var to = text.IndexOf(End, StringComparison.Ordinal);
        var members = Members();
        if (Environment.GetEnvironmentVariable("TESTS_APPROVE") is "1")
        {
            File.WriteAllText(file, text[..from] + members + text[to..]);
            return;
        }

        text[from..to].ShouldBe(members);
    }

    [Fact]
    public void Every_member_that_holds_a_value_has_a_description_and_an_example()
    {
        var bare = Types().SelectMany(type => type.Members, (type, member) => (type.TypeName, Member: member))
            .Where(entry => entry.Member.Description.Length == 0 || (entry.Member.Type is SchemaType.Scalar && string.IsNullOrEmpty(entry.Member.Example)))
            .Select(entry => $"{entry.TypeName}.{entry.Member.Name}");

        bare.ShouldBeEmpty();
    }

    private static string Members()
    {
        var text = new StringBuilder();
        foreach (var (path, record) in Records())
        {
            text.Append('\n').Append("### ").Append(path).Append("\n\n| member | type | what | example |\n|---|---|---|---|\n");
            foreach (var member in record.Members)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{member.Name}` | {Type(member.Type)} | {Cell(member.Description)} | {(member.Example is { } example ? $"`{Cell(example)}`" : "")} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Each record once, with the path by which a template reaches it.</summary>
    private static List<(string Path, SchemaType.Composite Record)> Records()
    {
        var found = new List<(string Path, SchemaType.Composite Record)>();
        Visit("the model", "", (SchemaType.Composite)NoteSchema.Schema.Root);
        return found;

        void Visit(string title, string prefix, SchemaType.Composite record)
        {
            if (found.Any(known => known.Record.TypeName == record.TypeName))
            {
                return;
            }

            found.Add((title, record));
            foreach (var member in record.Members)
            {
                var path = $"{prefix}{member.Name}";
                if (member.Type is SchemaType.Composite inner)
                {
                    Visit($"`{path}`", $"{path}.", inner);
                }
                else if (member.Type is SchemaType.List { Element: SchemaType.Composite element })
                {
                    Visit($"each of `{path}`", $"{path}[].", element);
                }
            }
        }
    }

    private static IEnumerable<SchemaType.Composite> Types() => Records().Select(entry => entry.Record);

    private static string Type(SchemaType type) => type switch
    {
        SchemaType.List { Element: SchemaType.Composite } => "list",
        SchemaType.Composite => "record",
        _ => type.Name,
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
