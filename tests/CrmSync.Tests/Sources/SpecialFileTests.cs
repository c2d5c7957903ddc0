using System.Diagnostics;
using System.Net.Sockets;
using CrmSync.Connectors.Sources.Folder;
using CrmSync.Core.Sources;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Sources;

/// <summary>What only Unix has in its folders.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly InboxFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SpecialFileTests() => Requires.That(!OperatingSystem.IsWindows(), "Pipes, sockets and raw file names exist on Unix only.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pipe_is_refused_without_waiting_for_its_writer()
    {
        await RunAsync("mkfifo", _folder["call-1.json"]);

        (await ReasonAsync()).ShouldBe("NOT_REGULAR_FILE");
    }

    [Fact]
    public async Task A_socket_is_refused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["call-1.json"]));

        (await ReasonAsync()).ShouldBe("NOT_REGULAR_FILE");
    }

    [Fact]
    public async Task A_link_is_refused_wherever_it_leads()
    {
        File.CreateSymbolicLink(_folder["call-1.json"], "/etc/passwd");

        (await ReasonAsync()).ShouldBe("NOT_REGULAR_FILE");
    }

    [Fact]
    public async Task A_link_that_takes_a_files_place_after_the_listing_is_refused()
    {
        var path = _folder.Write("call-1.json", "{}");
        var source = Source();
        var file = (await ScanAsync(source)).Single();

        File.Delete(path);
        File.CreateSymbolicLink(path, "/etc/passwd");

        (await source.ReadAsync(file, Cancel)).ShouldBeOfType<SourceContent.Refused>().Fault.Reason.Code.ShouldBe("NOT_REGULAR_FILE");
    }

    [Fact]
    public async Task A_linked_folder_is_not_entered()
    {
        using var elsewhere = new InboxFolder();
        elsewhere.Write("call-1.json", "{}");
        Directory.CreateSymbolicLink(_folder["linked"], elsewhere.Path);

        (await ScanAsync(Source())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_with_a_sessions_name_is_refused_and_entered()
    {
        _folder.Write("call-1.json/call-2.json", "{}");

        var files = await ScanAsync(Source());

        files.Where(file => file.Refused is null).ShouldHaveSingleItem().Stamp.Locator.ShouldBe("call-1.json/call-2.json");
        files.Single(file => file.Refused is not null).Stamp.Locator.ShouldBe("call-1.json");
    }

    [Fact]
    public async Task A_second_hard_link_is_an_ordinary_file()
    {
        _folder.Write("a/call-1.json", "{}");
        await RunAsync("ln", _folder["a/call-1.json"], _folder["call-1.json"]);
        var source = Source();

        foreach (var file in await ScanAsync(source))
        {
            (await source.ReadAsync(file, Cancel)).ShouldBeOfType<SourceContent.Bytes>();
        }
    }

    [Fact]
    public async Task A_name_of_bytes_that_are_no_text_is_refused()
    {
        await RunAsync("sh", "-c", $"printf '{{}}' > \"$(printf '{_folder.Path}/call-\\377.json')\"");

        (await ReasonAsync()).ShouldBe("NAME_INVALID");

        // .NET cannot name the file, so it cannot delete it either.
        await RunAsync("sh", "-c", $"rm '{_folder.Path}'/*");
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_does_not_stop_the_others()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The superuser may read every file: run the tests as an ordinary user.");
        await RunAsync("chmod", "000", _folder.Write("call-1.json", "{}"));
        _folder.Write("call-2.json", "{}");
        var source = Source();

        var answers = new List<SourceContent>();
        foreach (var file in await ScanAsync(source))
        {
            answers.Add(await source.ReadAsync(file, Cancel));
        }

        answers.OfType<SourceContent.Refused>().ShouldHaveSingleItem().Fault.Reason.Code.ShouldBe("FILE_DENIED");
        answers.OfType<SourceContent.Bytes>().ShouldHaveSingleItem();
    }

    private async Task<string> ReasonAsync()
    {
        var source = Source();
        var file = (await ScanAsync(source)).ShouldHaveSingleItem();
        return (file.Refused ?? (await source.ReadAsync(file, Cancel)).ShouldBeOfType<SourceContent.Refused>().Fault).Reason.Code;
    }

    private FolderSource Source() =>
        new("inbox", new FolderSourceOptions { Path = _folder.Path, StableFor = TimeSpan.Zero }, TimeProvider.System);

    private static async Task<List<SourceFile>> ScanAsync(FolderSource source)
    {
        var files = new List<SourceFile>();
        await foreach (var file in source.DiscoverAsync(Cancel))
        {
            files.Add(file);
        }

        return files;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0);
    }
}
