namespace CrmSync.Scripting.Tests.Models;

public sealed class FolderLoading : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("crmsync-partials-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Partials_are_found_by_their_path_in_the_folder()
    {
        Write("templates/shared/footer.sbn-txt", "footer");
        Write("templates/readme.md", "not a template");

        var loader = await OpenAsync();

        loader.Names.ShouldBe(["shared/footer.sbn-txt"]);
        loader.Load("shared/footer.sbn-txt").ShouldNotBeNull().Text.ShouldBe("footer");
        loader.Load("shared\\footer.sbn-txt").ShouldBeSameAs(loader.Load("shared/footer.sbn-txt"));
    }

    [Theory]
    [InlineData("../secret.sbn-txt")]
    [InlineData("shared/../../secret.sbn-txt")]
    [InlineData("./shared/footer.sbn-txt")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public async Task Nothing_outside_of_the_folder_can_be_named(string name)
    {
        Write("secret.sbn-txt", "secret");
        Write("templates/shared/footer.sbn-txt", "footer");

        var loader = await OpenAsync();

        loader.Load(name).ShouldBeNull();
        loader.Load(Path.Combine(_root.FullName, "secret.sbn-txt")).ShouldBeNull();
    }

    [Fact]
    public async Task Links_are_followed_inside_of_the_folder_only()
    {
        Write("secret/secret.sbn-txt", "secret");
        Write("templates/real.sbn-txt", "real");
        File.CreateSymbolicLink(InRoot("templates/alias.sbn-txt"), InRoot("templates/real.sbn-txt"));
        File.CreateSymbolicLink(InRoot("templates/leak.sbn-txt"), InRoot("secret/secret.sbn-txt"));
        Directory.CreateSymbolicLink(InRoot("templates/leaks"), InRoot("secret"));

        var loader = await OpenAsync();

        loader.Names.Order(StringComparer.Ordinal).ShouldBe(["alias.sbn-txt", "real.sbn-txt"]);
        loader.Load("alias.sbn-txt").ShouldNotBeNull().Text.ShouldBe("real");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said_so() =>
        await Should.ThrowAsync<DirectoryNotFoundException>(OpenAsync);

    private Task<FolderTemplateLoader> OpenAsync() => FolderTemplateLoader.OpenAsync(InRoot("templates"), TestContext.Current.CancellationToken);

    private string InRoot(string path) => Path.Combine(_root.FullName, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InRoot(path))!);
        File.WriteAllText(InRoot(path), text);
    }
}
