using CrmSync.Console.Views;
using CrmSync.Core.Rendering.Model;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Tests.Deliveries;
using CrmSync.Tests.Rendering;

namespace CrmSync.Tests.Console;

public sealed class TemplateDeskTests : IDisposable
{
    private const string Name = "test/note.sbn-txt";
    private const string Text = "{{ headline }}\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crmsync-templates-");

    public TemplateDeskTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "test"));
        File.WriteAllText(PathOf(Name), Text);
        File.WriteAllText(PathOf("test/note.es.sbn-txt"), "¡{{ headline }}!\n");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_list_names_who_uses_a_template()
    {
        var entry = Desk().Find(Name).ShouldNotBeNull();

        entry.UsedBy.ShouldBe(["crm"]);
        entry.Problems.ShouldBe(0);
    }

    [Fact]
    public void A_change_is_seen_on_a_session_before_it_is_saved()
    {
        var desk = Desk();

        var preview = desk.Preview(desk.Find(Name)!, "Changed: {{ headline }}", Notes.Sample("call-70112"));

        preview.Problems.ShouldBeEmpty();
        preview.Notes.ShouldHaveSingleItem().Note.Parts.ShouldHaveSingleItem().Text.ShouldStartWith("Changed: ");
        File.ReadAllText(PathOf(Name)).ShouldBe(Text);
    }

    [Fact]
    public void The_variant_of_a_language_is_seen_whatever_the_session_speaks()
    {
        var desk = Desk();
        var spanish = desk.Find("test/note.es.sbn-txt")!;

        desk.Preview(spanish, "¿{{ headline }}?", Notes.Sample("call-70112")).Notes[0].Note.Parts[0].Text.ShouldStartWith("¿");
    }

    [Theory]
    [InlineData("{{ headlin }}", 1)]
    [InlineData("one\n{{ if }}", 2)]
    public void An_error_is_told_with_its_line(string text, int line)
    {
        var desk = Desk();

        desk.Preview(desk.Find(Name)!, text, Notes.Sample("call-70112")).Problems[0].Line.ShouldBe(line);
    }

    [Fact]
    public async Task A_broken_template_is_not_saved()
    {
        var desk = Desk();

        (await desk.SaveAsync(desk.Find(Name)!, Text, "{{ if }}", Cancel)).ShouldBe(new TemplateSaved.Broken());

        File.ReadAllText(PathOf(Name)).ShouldBe(Text);
    }

    [Fact]
    public async Task A_saved_template_is_the_one_in_use_from_then_on()
    {
        var desk = Desk();

        (await desk.SaveAsync(desk.Find(Name)!, Text, "New: {{ headline }}", Cancel)).ShouldBe(new TemplateSaved.Done());

        File.ReadAllText(PathOf(Name)).ShouldBe("New: {{ headline }}");
        desk.TextOf(Name).ShouldBe("New: {{ headline }}");
        Directory.EnumerateFiles(_folder.FullName, "*.saving", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_somebody_else_changed_is_left_alone()
    {
        var desk = Desk();
        await File.WriteAllTextAsync(PathOf(Name), "theirs", Cancel);

        (await desk.SaveAsync(desk.Find(Name)!, Text, "ours", Cancel)).ShouldBe(new TemplateSaved.ChangedMeanwhile());

        File.ReadAllText(PathOf(Name)).ShouldBe("theirs");
    }

    [Fact]
    public async Task Where_the_folder_cannot_be_written_the_change_is_shown_as_a_patch()
    {
        var desk = Desk();
        var entry = desk.Find(Name)!;

        // A folder in the place of the new file: it cannot be written, whoever tries.
        Directory.CreateDirectory(PathOf(Name) + ".saving");
        var answer = (await desk.SaveAsync(entry, Text, "{{ kind }}\n", Cancel)).ShouldBeOfType<TemplateSaved.NotWriteable>();

        answer.Diff.ShouldContain("-{{ headline }}\n+{{ kind }}\n");
        File.ReadAllText(PathOf(Name)).ShouldBe(Text);
    }

    [Fact]
    public async Task A_name_that_leads_out_of_the_folder_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(() => new TemplateFiles(_folder.FullName).WriteAsync("../x.sbn-txt", "", "", Cancel));

    public void Dispose() => _folder.Delete(recursive: true);

    private TemplateDesk Desk()
    {
        var files = new TemplateFiles(_folder.FullName);
        return new TemplateDesk(
            files.Read("en"), files, new NoteModelBuilder(Notes.Options, Redactor.Nothing), Notes.Options, [new ScriptedConnector("crm", TimeProvider.System)], TimeProvider.System);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
