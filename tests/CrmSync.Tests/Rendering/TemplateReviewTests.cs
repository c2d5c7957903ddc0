using CrmSync.Core.Rendering.Templates;
using CrmSync.Scripting;

namespace CrmSync.Tests.Rendering;

public sealed class TemplateReviewTests
{
    [Theory]
    [InlineData("fine\n{{ if }}", 2, "")]
    [InlineData("{{ session.out_ticket }}", 1, "out_ticket_id")]
    [InlineData("{{ for a in agents }}\n{{ a.dispostion_path }}\n{{ end }}", 2, "disposition_path")]
    [InlineData("{{ include 'shared/agnets.sbn-txt' }}", 1, "shared/agents.sbn-txt")]
    public void A_broken_template_is_named_with_its_line_and_the_nearest_name(string text, int line, string hint)
    {
        var problem = Review(("salesforce/case-comment.sbn-txt", text)).Problems.ShouldHaveSingleItem();

        (problem.File, problem.Line).ShouldBe(("salesforce/case-comment.sbn-txt", line));
        $"{problem.Message} {problem.Hint}".ShouldContain(hint);
    }

    [Fact]
    public void A_partial_may_read_what_the_templates_that_include_it_write()
    {
        var review = Review(
            ("salesforce/case-comment.sbn-txt", "{{ words = { queue: 'Queue' } }}{{ include 'shared/facts.sbn-txt' }}{{ include 'shared/agents.sbn-txt' }}"),
            ("shared/facts.sbn-txt", "{{ words.queue }}"));

        review.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Files_that_nothing_uses_are_warned_about()
    {
        var review = Review(
            ("shared/old.sbn-txt", "x"), ("salesforce/case-coment.sbn-txt", "x"), ("salesforce/case.comment.sbn-txt", "x"), ("elsewhere/note.sbn-txt", "x"));

        review.Problems.ShouldBeEmpty();
        review.Warnings.Select(warning => (warning.File, warning.Hint)).ShouldBe(
            [
                ("salesforce/case.comment.sbn-txt", "Name it PART.sbn-txt or PART.sbn-html, with a language as in PART.es.sbn-txt."),
                ("shared/agents.sbn-txt", null),
                ("shared/old.sbn-txt", null),
                ("salesforce/case-coment.sbn-txt", "Did you mean case-comment.sbn-txt?"),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void A_template_that_another_setting_of_the_connector_would_use_is_no_stray()
    {
        var store = TemplateStore.Of(
            new MemoryTemplateLoader(new Dictionary<string, string> { ["salesforce/case-comment.sbn-txt"] = "x", ["salesforce/task.sbn-txt"] = "x" }), "en");
        var traits = Notes.Salesforce with { NoteParts = [new("case-comment", Html: false)], OtherParts = [new("task", Html: false)] };

        TemplateReview.Of(store, [("salesforce-eu", traits)]).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_template_in_the_settings_is_checked_like_a_file()
    {
        var traits = Notes.Traits("Salesforce", Notes.Text("field-Reason") with { Text = "{{ headlien }}" });

        var problem = TemplateReview.Of(Notes.Store(), [("salesforce-eu", traits)]).Problems.ShouldHaveSingleItem();

        (problem.File, problem.Line).ShouldBe(("settings:field-Reason", 1));
        $"{problem.Message} {problem.Hint}".ShouldContain("headline");
    }

    [Fact]
    public void A_problem_becomes_a_complaint_with_place_and_fix()
    {
        var complaint = Review(("salesforce/case-comment.sbn-txt", "{{ headlien }}")).Complaints("templates").ShouldHaveSingleItem();

        complaint.Key.ShouldBe("templates/salesforce/case-comment.sbn-txt(1,4)");
        complaint.Fix.ShouldContain("headline");
    }

    private static TemplateReview Review(params (string Name, string Text)[] files)
    {
        var all = files.Append(("shared/agents.sbn-txt", "{{ for a in agents }}{{ a.name }}{{ end }}")).DistinctBy(file => file.Item1);
        var store = TemplateStore.Of(new MemoryTemplateLoader(all.ToDictionary(file => file.Item1, file => file.Item2)), "en");
        return TemplateReview.Of(store, [("salesforce-eu", Notes.Salesforce)]);
    }
}
