using CrmSync.Core.Configuration;
using CrmSync.Core.Rendering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CrmSync.Tests.Rendering;

public sealed class RenderingSettingsTests
{
    [Fact]
    public void With_nothing_configured_the_shipped_templates_are_used()
    {
        var (settings, complaints) = RenderingSettings.Read(new ConfigurationBuilder().Build(), RepositoryFolder.Of());

        complaints.ShouldBeEmpty();
        settings.Templates.Files.ShouldContain(file => file.Name == "salesforce/case-comment.es.sbn-txt");
    }

    [Theory]
    [InlineData("Notes:TimeZone", "Europe/Madird", "Notes:TimeZone", "Did you mean Europe/Madrid?")]
    [InlineData("Notes:Language", "de", "Notes:Language", "one of en, es")]
    [InlineData("Notes:RecordingHosts:0", "https://storage.example.com/x", "Notes:RecordingHosts:0", "Write the host alone")]
    [InlineData("Notes:TemplatesFolder", "no-such-folder", "Notes:TemplatesFolder", "there is no folder")]
    [InlineData("Notes:OneLangauge", "true", "Notes:OneLangauge", "Did you mean OneLanguage?")]
    public void A_mistake_names_key_problem_and_fix(string key, string value, string complaintKey, string words)
    {
        Complaints(key, value).ShouldContain(complaint => complaint.Key == complaintKey && complaint.ToString().Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void A_broken_template_stops_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("crmsync-templates-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "email"));
        File.WriteAllText(Path.Combine(folder.FullName, "email", "subject.sbn-txt"), "{{ headlien }}");
        var configuration = Configuration("Notes:TemplatesFolder", folder.FullName);

        var refused = Should.Throw<OptionsValidationException>(() => new ServiceCollection().AddRendering(configuration));

        refused.Failures.ShouldHaveSingleItem().ShouldContain("email/subject.sbn-txt(1,4)");
        folder.Delete(recursive: true);
    }

    private static IReadOnlyList<Complaint> Complaints(string key, string value) =>
        RenderingSettings.Read(Configuration(key, value), RepositoryFolder.Of()).Complaints;

    private static IConfiguration Configuration(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
}
