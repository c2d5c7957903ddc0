using System.Threading.Channels;
using CrmSync.Connectors.Sources.Folder;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sources;

public sealed class FolderWatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly InboxFolder _folder = new();
    private readonly InboxFolder _elsewhere = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Channel<IReadOnlyList<string>?> _woken = Channel.CreateUnbounded<IReadOnlyList<string>?>();

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task A_file_that_arrives_is_named()
    {
        Directory.CreateDirectory(_folder["2026"]);
        using var watch = Watch();

        _folder.Write("2026/call-1.json", "{}");

        (await WokenAsync()).ShouldBe(["2026/call-1.json"]);
    }

    [Fact]
    public async Task A_folder_that_is_moved_in_with_its_files_asks_for_a_scan()
    {
        _elsewhere.Write("2026/05/20/call-1.json", "{}");
        using var watch = Watch();

        Directory.Move(_elsewhere["2026"], _folder["2026"]);

        (await WokenAsync()).ShouldBeNull();
    }

    [Fact]
    public void A_file_is_named_once_it_was_left_alone_for_long_enough_to_be_read()
    {
        using var watch = Watch(TimeSpan.FromSeconds(2), _clock);
        watch.Note("call-1.json");
        _clock.Advance(TimeSpan.FromSeconds(1));
        watch.Note("call-1.json");
        watch.Note("call-2.json");

        _clock.Advance(TimeSpan.FromSeconds(2));
        _woken.Reader.TryRead(out _).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Woken().ShouldHaveSingleItem().ShouldBe(["call-1.json", "call-2.json"]);
    }

    [Fact]
    public void Files_that_come_one_by_one_are_named_together()
    {
        using var watch = Watch(TimeSpan.FromSeconds(2), _clock);
        for (var i = 0; i < 200; i++)
        {
            watch.Note($"call-{i}.json");
            _clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        _clock.Advance(TimeSpan.FromSeconds(3));

        var woken = Woken();
        woken.Count.ShouldBeLessThanOrEqualTo(11);
        woken.SelectMany(changed => changed.ShouldNotBeNull()).Distinct().Count().ShouldBe(200);
    }

    [Fact]
    public void A_burst_of_more_files_than_are_worth_naming_asks_for_scans_that_miss_none()
    {
        using var watch = Watch(TimeSpan.FromSeconds(2), _clock);
        Burst(watch, "first");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Burst(watch, "second");

        _clock.Advance(TimeSpan.FromMilliseconds(1_200));
        Woken().ShouldHaveSingleItem().ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(5));

        // The second burst was too young for the first scan.
        Woken().ShouldContain((IReadOnlyList<string>?)null);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Woken().ShouldBeEmpty();
    }

    private static void Burst(FolderWatch watch, string name)
    {
        for (var i = 0; i < 1_500; i++)
        {
            watch.Note($"{name}-{i}.json");
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<IReadOnlyList<string>?> WokenAsync() => await _woken.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Limit, Cancel);

    private List<IReadOnlyList<string>?> Woken()
    {
        var all = new List<IReadOnlyList<string>?>();
        while (_woken.Reader.TryRead(out var changed))
        {
            all.Add(changed);
        }

        return all;
    }

    private FolderWatch Watch(TimeSpan stableFor = default, TimeProvider? clock = null) => FolderWatch
        .Start(_folder.Path, "*.json", stableFor, changed => _woken.Writer.TryWrite(changed), clock ?? TimeProvider.System)
        .ShouldNotBeNull();
}
