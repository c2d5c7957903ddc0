using System.Text.RegularExpressions;
using CrmSync.Tests.Rendering;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>What the shipped note is made of: elements that a comment may hold, and nothing that is fetched from elsewhere.</summary>
public sealed partial class ZendeskNoteTests
{
    private static readonly string[] Allowed =
        ["a", "blockquote", "br", "em", "h3", "h4", "li", "p", "strong", "table", "tbody", "td", "tr", "ul"];

    public static TheoryData<string> Samples => [.. Notes.SampleNames];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_note_has_headings_and_a_table_and_fetches_nothing(string sample)
    {
        var note = Notes.Renderer().Render(Notes.Request(Notes.Sample(sample), Notes.Zendesk)).Part("internal-note")!;

        var elements = Element().Matches(note).Select(match => (Name: match.Groups["name"].Value, Attributes: match.Groups["attributes"].Value.Trim(' ', '/'))).ToList();
        elements.Select(element => element.Name).ShouldBeSubsetOf(Allowed);
        elements.Where(element => element.Attributes.Length > 0).ShouldAllBe(element => element.Name == "a" && element.Attributes.StartsWith("href=\""));
        note.ShouldStartWith("<h3>");
        note.ShouldContain("<table>");
        note.ShouldNotContain("src=");
    }

    [GeneratedRegex("<(?<name>[a-z0-9]+)(?<attributes>[^>]*)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Element();
}
