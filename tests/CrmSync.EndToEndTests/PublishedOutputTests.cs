using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests;

/// <summary>The program as the image carries it: published, started in another folder, its own folder not to be written.</summary>
public sealed class PublishedOutputTests
{
    [Fact]
    public async Task What_is_published_runs_the_worker_from_any_folder_without_writing_into_its_own()
    {
        using var app = new TemporaryFolder();
        await PublishAsync(app.Path);
        using var data = new WorkerFolder();
        Directory.CreateDirectory(data.Inbox);
        SetWritable(app.Path, writable: false);
        var before = Files(app.Path);

        try
        {
            await using var worker = Start(app.Path, data.Path, "run");
            await worker.LineAsync("Started.");
            data.Drop("call-70112.json");
            await Eventually.TrueAsync("a mail", () => Directory.GetFiles(data.Pickup, "*.eml").Length == 1, () => worker.Story);
            var console = (await worker.LineAsync("The console is at")).Split(' ')[^1];
            using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = new Uri(console) };
            (await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldContain("CrmSync");
            (await http.GetStringAsync(new Uri("/console.css", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldContain("--accent");
            await using var health = Start(app.Path, data.Path, "health");

            (await health.ExitAsync()).ShouldBe(0, health.Story);
            (await worker.StopAsync()).ShouldBe(0);
            Files(app.Path).ShouldBe(before);
        }
        finally
        {
            SetWritable(app.Path, writable: true);
        }
    }

    [Fact]
    public async Task Settings_templates_and_samples_are_published_too()
    {
        using var app = new TemporaryFolder();

        await PublishAsync(app.Path);

        Directory.EnumerateFiles(app.Combine("templates"), "*.sbn-*", SearchOption.AllDirectories).ShouldNotBeEmpty();
        Directory.EnumerateFiles(app.Combine("samples", "sessions"), "*.json").ShouldNotBeEmpty();
        File.Exists(app.Combine("appsettings.json")).ShouldBeTrue();
    }

    private static async Task PublishAsync(string folder)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        await using var publish = WorkerProcess.Run(
            WorkerProcess.Dotnet,
            Repository.Root,
            // No build server is left behind.
            new Dictionary<string, string>(StringComparer.Ordinal) { ["MSBUILDDISABLENODEREUSE"] = "1" },
            ["publish", Repository.Combine("src", "CrmSync"), "--no-build", "--configuration", configuration, "--output", folder, "-p:UseAppHost=false"]);
        (await publish.ExitAsync()).ShouldBe(0, publish.Story);
    }

    private static WorkerProcess Start(string app, string folder, string verb) => WorkerProcess.Run(
        WorkerProcess.Dotnet,
        folder,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_EnableDiagnostics"] = "0" },
        [Path.Combine(app, "crmsync.dll"), verb]);

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => $"{path} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path).Ticks}").Order(StringComparer.Ordinal)];

    /// <summary>For a user who is not root, the folder is then as read-only as in the image.</summary>
    private static void SetWritable(string folder, bool writable)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var path in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            var mode = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, writable ? mode | UnixFileMode.UserWrite : mode & ~UnixFileMode.UserWrite);
        }
    }
}
