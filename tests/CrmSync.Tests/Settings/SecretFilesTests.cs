using CrmSync.Settings;

namespace CrmSync.Tests.Settings;

public sealed class SecretFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crmsync-tests-").FullName;

    [Fact]
    public void A_key_that_ends_in_FILE_is_replaced_by_what_the_file_holds_without_its_line_end()
    {
        var file = Write("s3cret\n");

        var settings = Resolve(("Connectors:zendesk:ClientSecret_FILE", file));

        settings.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create<string, string?>("Connectors:zendesk:ClientSecret", "s3cret"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named_with_its_key()
    {
        var complaint = Should.Throw<SettingsException>(() => Resolve(("A:Secret_FILE", Path.Combine(_folder, "none")))).Complaints.ShouldHaveSingleItem();

        complaint.Key.ShouldBe("A:Secret_FILE");
        complaint.Problem.ShouldContain("none");
    }

    [Fact]
    public void A_value_and_a_file_for_the_same_key_are_refused()
    {
        var file = Write("x");

        Should.Throw<SettingsException>(() => Resolve(("A:Secret", "y"), ("A:Secret_FILE", file)))
            .Complaints.ShouldHaveSingleItem().Problem.ShouldBe("is set twice: here and by A:Secret_FILE.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<KeyValuePair<string, string?>> Resolve(params (string Key, string Value)[] settings) =>
        SecretFiles.Resolve(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)));

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "secret");
        File.WriteAllText(path, text);
        return path;
    }
}
