using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Scripting.Tests.Safety;

public sealed class HtmlEncoding
{
    private const string Note =
        """
        <div class="note" title="{{ a }}">
          <h1 id='{{ b }}'>{{ a }} &amp; {{ b | string.upcase }}</h1>
          {{~ for x in list ~}}
          <p>{{ x }}{{ capture c }}<i>{{ x }}</i>{{ end }}{{ c }}{{ $"{a} {b}" }}{{ a + c }}</p>
          {{~ end ~}}
          {{ func f }}<b>{{ $0 }}</b>{{ end }}{{ f a }}{{ a | html.newline_to_br }}{{ a | html.escape }}{{ {k: a} }}
        </div>
        """;

    [Theory]
    [InlineData("{{ x }}", "&lt;a href=&quot;b&quot;&gt;&#39;&amp;")]
    [InlineData("{{ x | html.escape }}", "&lt;a href=&quot;b&quot;&gt;&#39;&amp;")]
    [InlineData("{{ x | html.escape | html.escape }}", "&lt;a href=&quot;b&quot;&gt;&#39;&amp;")]
    [InlineData("{{ raw x }}", "<a href=\"b\">'&")]
    [InlineData("{{ raw '<br>' }}{{ 1 }}", "<br>1")]
    [InlineData("{{ '<' + (raw '<') + '<' }}", "&lt;<&lt;")]
    [InlineData("{{ (raw '<b>') | string.upcase }}", "&lt;B&gt;")]
    [InlineData("{{ capture y }}<i>{{ x | string.slice 0 1 }}</i>{{ end }}{{ y }}", "<i>&lt;</i>")]
    [InlineData("{{ \"a<\\nb\" | html.newline_to_br }}", "a&lt;<br />\nb")]
    [InlineData("{{ ['<'] }}", "[&quot;&lt;&quot;]")]
    [InlineData("{{ object.eval_template '<b>{{ x | string.slice 0 1 }}</b>' }}", "<b>&lt;</b>")]
    public void Html_templates_escape_each_result_once(string template, string expected) =>
        Render(template, Model(("x", "<a href=\"b\">'&")), name: "note.sbn-html").ShouldBe(expected);

    [Fact]
    public void Text_templates_do_not_escape() => Render("{{ x }}", Model(("x", "<&>")), name: "note.sbn-txt").ShouldBe("<&>");

    [Fact]
    public void The_options_decide_over_the_name() =>
        Render("{{ x }}", Model(("x", "<")), new RenderOptions { Encoder = Encoder.None }, "note.sbn-html").ShouldBe("<");

    [Fact]
    public void For_any_data_the_document_is_the_one_the_template_says()
    {
        var template = Parse(Note, "note.sbn-html");
        var expected = Markup(Document(template, "", "", ""));

        Prop.ForAll<string, string, string>((a, b, x) => Markup(Document(template, a, b, x)) == expected)
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("</p><script>alert(1)</script>")]
    [InlineData("\" onload=\"x")]
    [InlineData("' onload='x")]
    [InlineData("<!--")]
    [InlineData("&lt;script&gt;")]
    [InlineData("\0<\u2028>")]
    public void Known_attacks_stay_text(string attack)
    {
        var template = Parse(Note, "note.sbn-html");

        Markup(Document(template, attack, attack, attack)).ShouldBe(Markup(Document(template, "", "", "")));
    }

    private static string Document(Template template, string? a, string? b, string? x)
    {
        var model = Model(("a", a ?? ""), ("b", b ?? ""), ("list", new[] { x ?? "", "2" }));
        var result = template.Render(model, RenderOptions.Default, TestContext.Current.CancellationToken);

        return result.Text.ShouldNotBeNull(result.Error?.ToString());
    }

    /// <summary>Tags and the names of their attributes, without text and values, as an HTML parser would see them.</summary>
    private static string Markup(string html)
    {
        var result = new StringBuilder();
        var quote = '\0';
        var inTag = false;

        foreach (var c in html)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (inTag)
            {
                result.Append(c is '"' or '\'' ? '=' : c);
                quote = c is '"' or '\'' ? c : quote;
                inTag = c != '>';
            }
            else if (c == '<')
            {
                result.Append(c);
                inTag = true;
            }
        }

        // Each line end of the data becomes one more br: part of the format, not of the document's structure.
        return result.ToString().Replace("<br />", "", StringComparison.Ordinal);
    }
}
