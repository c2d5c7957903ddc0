using CrmSync.Connectors.Sources.Folder;
using CrmSync.Core.Sources;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sources;

public sealed class FolderSourceTests : IDisposable
{
    private readonly InboxFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Some.Now);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_of_nested_dated_folders_are_found_and_read_as_they_are()
    {
        _folder.Write("2026/05/19/call-1.json", "{\"id\":1}");
        _folder.Write("2026/05/20/chat-2.json", "{\"id\":2}");
        var source = Source();

        var files = await ScanAsync(source);

        files.Select(file => file.Stamp.Locator).Order().ShouldBe(["2026/05/19/call-1.json", "2026/05/20/chat-2.json"]);
        var content = await source.ReadAsync(files.Single(file => file.Stamp.Locator.EndsWith("call-1.json", StringComparison.Ordinal)), Cancel);
        content.ShouldBeOfType<SourceContent.Bytes>().Content.ToArray().ShouldBe("{\"id\":1}"u8.ToArray());
    }

    [Fact]
    public async Task A_late_file_with_an_old_time_is_found()
    {
        var source = Source();
        await ScanAsync(source);

        _folder.Write("call-3.json", "{}", Some.Now.AddDays(-3));

        (await ScanAsync(source)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("call-1.json.tmp")]
    [InlineData("call-1.json.part")]
    [InlineData("call-1.json~")]
    [InlineData(".call-1.json")]
    [InlineData(".snapshot/call-1.json")]
    [InlineData("call-1.mp3")]
    public async Task What_is_no_finished_session_file_is_ignored(string name)
    {
        _folder.Write(name, "{}");

        (await ScanAsync(Source())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_renamed_file_is_found_once_under_its_final_name()
    {
        var path = _folder.Write("call-1.json.tmp", "{}");
        var source = Source();
        (await ScanAsync(source)).ShouldBeEmpty();

        File.Move(path, _folder["call-1.json"]);

        (await ScanAsync(source)).ShouldHaveSingleItem().Stamp.Locator.ShouldBe("call-1.json");
    }

    [Fact]
    public async Task A_young_file_is_left_alone_until_it_is_stable()
    {
        _folder.Write("call-1.json", "{", Some.Now.AddSeconds(-2));
        var source = Source();

        (await ScanAsync(source)).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(3));
        (await ScanAsync(source)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_file_from_a_clock_that_runs_ahead_is_stable_once_it_stays_the_same()
    {
        _folder.Write("call-1.json", "{}", Some.Now.AddHours(2));
        var source = Source();

        (await ScanAsync(source)).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(4));
        _folder.Write("call-1.json", "{} ", Some.Now.AddHours(2));
        (await ScanAsync(source)).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await ScanAsync(source)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_file_that_never_stops_growing_is_reported()
    {
        var source = Source();
        for (var minute = 0; minute <= 11; minute++)
        {
            _folder.Write("call-1.json", new string('x', minute), _clock.GetUtcNow());
            var files = await ScanAsync(source);

            if (minute <= 10)
            {
                files.ShouldBeEmpty();
            }
            else
            {
                files.ShouldHaveSingleItem().Refused!.Reason.Code.ShouldBe("PICKUP_INCOMPLETE");
            }

            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_and_not_an_empty_list()
    {
        var source = Source(options => options.Path = _folder["gone"]);

        var e = await Should.ThrowAsync<SourceException>(() => ScanAsync(source));

        e.Fault.Reason.Code.ShouldBe("SOURCE_UNREACHABLE");
    }

    [Fact]
    public async Task A_folder_that_vanishes_between_scans_is_an_error()
    {
        var path = _folder["inbox"];
        Directory.CreateDirectory(path);
        var source = Source(options => options.Path = path);
        await ScanAsync(source);

        Directory.Delete(path);

        await Should.ThrowAsync<SourceException>(() => ScanAsync(source));
    }

    [Fact]
    public async Task A_share_without_its_marker_is_an_error()
    {
        var source = Source(options => options.Marker = "mounted");

        await Should.ThrowAsync<SourceException>(() => ScanAsync(source));
        _folder.Write("mounted", "");
        (await ScanAsync(source)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_vanishes_before_it_is_read_is_no_error()
    {
        var path = _folder.Write("call-1.json", "{}");
        var source = Source();
        var file = (await ScanAsync(source)).Single();

        File.Delete(path);

        (await source.ReadAsync(file, Cancel)).ShouldBeOfType<SourceContent.Vanished>();
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_listed_is_left_for_the_next_scan()
    {
        _folder.Write("call-1.json", "{}");
        var source = Source();
        var file = (await ScanAsync(source)).Single();

        _folder.Write("call-1.json", "{\"id\":1}", Some.Now.AddMinutes(-30));

        (await source.ReadAsync(file, Cancel)).ShouldBeOfType<SourceContent.Vanished>();
    }

    [Fact]
    public async Task A_file_of_5_gigabytes_is_refused_by_its_size()
    {
        using (var file = File.OpenHandle(_folder["call-1.json"], FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(file, 5L * 1024 * 1024 * 1024);
        }

        File.SetLastWriteTimeUtc(_folder["call-1.json"], Some.Now.AddHours(-1).UtcDateTime);
        var source = Source();
        var listed = (await ScanAsync(source)).Single();

        // The counter is this thread's, so nothing is awaited between its two readings.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = source.ReadAsync(listed, Cancel);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        reading.IsCompleted.ShouldBeTrue();
        (await reading).ShouldBeOfType<SourceContent.Refused>().Fault.Reason.Code.ShouldBe("TOO_LARGE");
        allocated.ShouldBeLessThan(1_000_000);
    }

    [Theory]
    [InlineData("call\n-1.json", "call\\u000A-1.json")]
    [InlineData("call-\u202E1.json", "call-\\u202E1.json")]
    [InlineData("call-\u001B[31m.json", "call-\\u001B[31m.json")]
    public async Task Names_are_shown_without_what_acts_on_a_terminal(string name, string shown)
    {
        _folder.Write(name, "{}");
        var source = Source();

        var file = (await ScanAsync(source)).ShouldHaveSingleItem();

        file.DisplayName.ShouldBe(shown);
        (await source.ReadAsync(file, Cancel)).ShouldBeOfType<SourceContent.Bytes>();
    }

    [Fact]
    public async Task A_name_of_255_bytes_is_read()
    {
        _folder.Write($"call-1{new string('x', 244)}.json", "{}");
        var source = Source();

        var file = (await ScanAsync(source)).ShouldHaveSingleItem();

        (await source.ReadAsync(file, Cancel)).ShouldBeOfType<SourceContent.Bytes>();
    }

    [Theory]
    [InlineData("../secret.json")]
    [InlineData("a/../../secret.json")]
    [InlineData("/etc/passwd")]
    [InlineData("call\0.json")]
    public async Task A_locator_cannot_leave_the_folder(string locator)
    {
        var file = new SourceFile(new(locator, 10, Some.Now));

        (await Source().ReadAsync(file, Cancel)).ShouldBeOfType<SourceContent.Refused>().Fault.Reason.Code.ShouldBe("NAME_INVALID");
    }

    [Fact]
    public async Task A_listing_lets_go_of_every_name_it_has_shown()
    {
        const int Names = 20_000;
        for (var i = 0; i < Names; i++)
        {
            using var file = File.OpenHandle(_folder[$"call-{i:D7}.json"], FileMode.CreateNew, FileAccess.Write);
        }

        _clock.SetUtcNow(TimeProvider.System.GetUtcNow().AddHours(1));
        var shown = new List<WeakReference>(Names);
        await using var files = Source().DiscoverAsync(Cancel).GetAsyncEnumerator(Cancel);
        while (shown.Count < Names - 10 && await files.MoveNextAsync())
        {
            shown.Add(new WeakReference(files.Current.Stamp.Locator));
        }

        // A million names must not be in memory at once: only what was shown last may still be held, and the few that a
        // register or a stack slot happens to keep from the collector.
        GC.Collect();
        shown.Count.ShouldBe(Names - 10);
        shown.Take(Names - 100).Count(name => name.IsAlive).ShouldBeLessThan(10);
        (await files.MoveNextAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_was_named_is_found_as_a_scan_finds_it_and_nothing_beside_it()
    {
        _folder.Write("2026/05/20/call-1.json", "{\"id\":1}");
        _folder.Write("2026/05/20/call-2.json", "{}");
        var source = Source();

        var found = await FindAsync(source, "2026/05/20/call-1.json");

        found.ShouldHaveSingleItem().ShouldBe((await ScanAsync(source)).Single(file => file.Stamp.Locator == "2026/05/20/call-1.json"));
    }

    [Theory]
    [InlineData("call-1.json.tmp")]
    [InlineData(".call-1.json")]
    [InlineData(".snapshot/call-1.json")]
    [InlineData("call-1.mp3")]
    [InlineData("done/call-1.json")]
    [InlineData("young.json")]
    [InlineData("gone.json")]
    [InlineData("gone/call-1.json")]
    [InlineData("../call-1.json")]
    public async Task A_name_that_a_scan_leaves_out_is_left_out_when_it_is_named(string name)
    {
        _folder.Write("young.json", "{}", Some.Now.AddSeconds(-1));
        if (!name.Contains("gone", StringComparison.Ordinal) && name != "young.json" && !name.StartsWith("..", StringComparison.Ordinal))
        {
            _folder.Write(name, "{}");
        }

        (await FindAsync(Source(options => options.ArchiveTo = _folder["done"]), name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_is_not_followed_when_it_is_named()
    {
        _folder.Write("real/call-1.json", "{}");
        Directory.CreateSymbolicLink(_folder["link"], _folder["real"]);
        File.CreateSymbolicLink(_folder["call-2.json"], _folder["real/call-1.json"]);
        var source = Source();

        (await FindAsync(source, "link/call-1.json")).ShouldBeEmpty();
        (await FindAsync(source, "call-2.json")).ShouldHaveSingleItem().Refused!.Reason.Code.ShouldBe("NOT_REGULAR_FILE");
    }

    [Fact]
    public async Task A_share_without_its_marker_is_an_error_for_a_named_file_too()
    {
        _folder.Write("call-1.json", "{}");

        await Should.ThrowAsync<SourceException>(() => FindAsync(Source(options => options.Marker = "mounted"), "call-1.json"));
    }

    private static async Task<List<SourceFile>> FindAsync(FolderSource source, string locator)
    {
        var files = new List<SourceFile>();
        await foreach (var file in source.DiscoverAsync([locator], Cancel))
        {
            files.Add(file);
        }

        return files;
    }

    private FolderSource Source(Action<FolderSourceOptions>? change = null)
    {
        var options = new FolderSourceOptions { Path = _folder.Path };
        change?.Invoke(options);
        return new FolderSource("inbox", options, _clock);
    }

    private static async Task<List<SourceFile>> ScanAsync(FolderSource source)
    {
        var files = new List<SourceFile>();
        await foreach (var file in source.DiscoverAsync(Cancel))
        {
            files.Add(file);
        }

        return files;
    }
}
