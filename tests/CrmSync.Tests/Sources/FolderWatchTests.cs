using CrmSync.Connectors.Sources.Folder;

namespace CrmSync.Tests.Sources;

public sealed class FolderWatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly InboxFolder _folder = new();
    private readonly InboxFolder _elsewhere = new();

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task A_file_that_arrives_wakes_the_source()
    {
        await WakesAsync(() => _folder.Write("call-1.json", "{}"));
    }

    [Fact]
    public async Task A_folder_that_is_moved_in_with_its_files_wakes_the_source()
    {
        _elsewhere.Write("2026/05/20/call-1.json", "{}");

        await WakesAsync(() => Directory.Move(_elsewhere["2026"], _folder["2026"]));
    }

    private async Task WakesAsync(Action arrival)
    {
        var woken = new TaskCompletionSource();
        using var watch = Watch(woken);

        arrival();

        await woken.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    private FolderWatch Watch(TaskCompletionSource woken) =>
        FolderWatch.Start(_folder.Path, "*.json", TimeSpan.Zero, () => woken.TrySetResult(), TimeProvider.System).ShouldNotBeNull();
}
