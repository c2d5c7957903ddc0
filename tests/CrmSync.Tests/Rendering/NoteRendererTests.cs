using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;
using CrmSync.Tests.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Tests.Rendering;

public sealed class NoteRendererTests
{
    private static readonly ConnectorTraits Plain = Notes.Traits("Salesforce", Notes.Text("case-comment"));
    private static readonly ConnectorTraits Html = Notes.Traits("Zendesk", Notes.Html("internal-note"));

    [Fact]
    public void A_template_syntax_in_a_note_is_text()
    {
        var session = WithNote("Offered {{ session.id }} and {{ include 'x' }}, {%{ raw }%}");
        var templates = Notes.Store(("salesforce/case-comment.sbn-txt", "{{ agents[0].note }}"));

        Render(session, Plain, templates).Part("case-comment").ShouldBe("Offered {{ session.id }} and {{ include 'x' }}, {%{ raw }%}");
    }

    [Fact]
    public void Html_templates_escape_every_expression()
    {
        var session = WithNote("<script>alert(1)</script> & \"it's\"");
        var templates = Notes.Store(("zendesk/internal-note.sbn-html", "<p title=\"{{ agents[0].note }}\">{{ agents[0].note }}</p>"));

        var html = Render(session, Html, templates).Part("internal-note").ShouldNotBeNull();

        html.ShouldNotContain("<script>");
        html.Count(c => c is '"').ShouldBe(2);
    }

    [Fact]
    public void The_variant_of_the_sessions_language_is_taken_then_the_default()
    {
        var templates = Notes.Store(
            ("salesforce/case-comment.sbn-txt", "english {{ kind }}"),
            ("salesforce/case-comment.es.sbn-txt", "español {{ kind }}"));

        var spanish = Render(SessionText.Call("\"lang\":\"es-419\""), Plain, templates);
        var french = Render(SessionText.Call("\"lang\":\"fr\""), Plain, templates);

        (spanish.Part("case-comment"), spanish.Language).ShouldBe(("español Llamada entrante", "es"));
        (french.Part("case-comment"), french.Language).ShouldBe(("english Inbound call", "en"));
    }

    [Fact]
    public void Agents_who_read_one_language_get_one_language()
    {
        var templates = Notes.Store(("salesforce/case-comment.sbn-txt", "english"), ("salesforce/case-comment.es.sbn-txt", "español"));

        var note = Render(SessionText.Call("\"lang\":\"es\""), Plain, templates, new NoteOptions { OneLanguage = true });

        note.Part("case-comment").ShouldBe("english");
    }

    [Fact]
    public void A_template_in_the_settings_fills_its_part_unless_a_file_does()
    {
        var traits = Notes.Traits("Salesforce", Notes.Text("field-A") with { Text = "{{ kind }}" }, Notes.Text("field-B") with { Text = "of the settings" });
        var templates = Notes.Store(("salesforce/field-B.sbn-txt", "of the file"));

        var note = Render(SessionText.Call(), traits, templates);

        (note.Part("field-A"), note.Part("field-B")).ShouldBe(("Inbound call", "of the file"));
    }

    [Fact]
    public void A_template_in_the_settings_that_fails_leaves_its_part_out_and_says_so()
    {
        var traits = Notes.Traits("Salesforce", Notes.Text("field-A") with { Text = "{{ if }}" });

        var note = Render(SessionText.Call(), traits, Notes.Store());

        note.Part("field-A").ShouldBeNull();
        note.Problem.ShouldNotBeNull().Message.ShouldContain("settings:field-A");
    }

    [Fact]
    public void A_connector_may_have_a_template_of_its_own()
    {
        var templates = Notes.Store(("salesforce/case-comment.sbn-txt", "of the kind"), ("salesforce-eu/case-comment.sbn-txt", "of the connector"));
        var request = Notes.Request(SessionText.Call(), Plain) with { Connector = "salesforce-eu" };

        Notes.Renderer(templates).Render(request).Part("case-comment").ShouldBe("of the connector");
    }

    [Fact]
    public void A_part_without_a_template_is_absent()
    {
        Render(SessionText.Call(), Plain, Notes.Store()).Parts.ShouldBeEmpty();
    }

    [Fact]
    public void A_subject_is_one_line()
    {
        var templates = Notes.Store(("email/subject.sbn-txt", "{{ agents[0].note }}"));

        Render(WithNote("Refund\\r\\nBcc: all@example.org"), Notes.Email, templates).Part("subject").ShouldBe("Refund Bcc: all@example.org");
    }

    [Theory]
    [InlineData("{{ if }}")]
    [InlineData("{{ for i in 1..1000000 }}{{ i }}{{ end }}")]
    [InlineData("fine until here {{ string.no_such_function 1 }}")]
    [InlineData("{{ include 'shared/absent.sbn-txt' }}")]
    public void A_template_that_fails_loses_no_session(string template)
    {
        var templates = Notes.Store(("zendesk/internal-note.sbn-html", "<p>fine</p>\n" + template));

        var note = Render(WithNote("Label <emailed>."), Html, templates);

        note.Part("internal-note").ShouldNotBeNull().ShouldContain("Label &lt;emailed&gt;.");
        note.Problem.ShouldNotBeNull().Reason.ShouldBe(ReasonCodes.TemplateFailed);
        note.Problem.Message.ShouldStartWith("zendesk/internal-note.sbn-html, line 2: ");
    }

    [Fact]
    public void A_failed_template_writes_no_note_into_a_field_and_spoils_no_other_part()
    {
        var traits = Notes.Traits("Zendesk", Notes.Text("internal-note-text"), Notes.Text("field-360001"));
        var templates = Notes.Store(("zendesk/internal-note-text.sbn-txt", "good"), ("zendesk/field-360001.sbn-txt", "{{ if }}"));

        var note = Render(WithNote("Label."), traits, templates);

        note.Parts.ShouldBe([new("internal-note-text", "good")]);
        note.Problem.ShouldNotBeNull();
    }

    [Fact]
    public void Any_note_stands_verbatim_in_text_and_as_text_in_html()
    {
        var renderer = Notes.Renderer(Notes.Store(
            ("salesforce/case-comment.sbn-txt", "[{{ agents[0].note }}]"), ("zendesk/internal-note.sbn-html", "[{{ agents[0].note }}]")));

        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), written =>
        {
            var session = SessionText.Call() with { Dispositions = [new Disposition { Note = "a" + written.Get + "z" }] };
            var shown = CrmSync.Core.Rendering.Text.TextClean.Block("a" + written.Get + "z");

            var text = renderer.Render(Notes.Request(session, Plain)).Part("case-comment");
            var html = renderer.Render(Notes.Request(session, Html)).Part("internal-note");

            return text == $"[{shown}]" && System.Net.WebUtility.HtmlDecode(html) == $"[{shown}]";
        }).QuickCheckThrowOnFailure();
    }

    private static Note Render(SessionMetadata session, ConnectorTraits traits, CrmSync.Core.Rendering.Templates.TemplateStore templates, NoteOptions? options = null) =>
        Notes.Renderer(templates, options).Render(Notes.Request(session, traits));

    private static SessionMetadata WithNote(string note) =>
        SessionText.Call() with { Dispositions = [new Disposition { Note = note.Replace("\\r\\n", "\r\n", StringComparison.Ordinal), AgentId = 1, AgentName = "Priya Raman" }] };
}
