using System.Runtime.CompilerServices;
using CrmSync.Core;
using CrmSync.Core.Intake;
using CrmSync.Core.Sources;

namespace CrmSync.Sending;

/// <summary>The files a person named, as a source: read with a configured source's settings, due at once.</summary>
internal sealed class NamedFiles(SourceOptions options, IReadOnlyList<string> files) : ISessionSource
{
    public string Name => "command line";

    public SourceOptions Options { get; } = options;

    public async IAsyncEnumerable<SourceFile> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var path in files)
        {
            var file = new FileInfo(path);
            yield return file.Exists
                ? new SourceFile(new FileStamp(file.FullName, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)))
                : new SourceFile(new FileStamp(file.FullName, 0, DateTimeOffset.UnixEpoch), new Fault(ReasonCodes.NotRegularFile, "There is no such file."));
        }
    }

    public IAsyncEnumerable<SourceFile> DiscoverAsync(IReadOnlyList<string> locators, CancellationToken cancel) =>
        new NamedFiles(Options, locators).DiscoverAsync(cancel);

    public async Task<SourceContent> ReadAsync(SourceFile file, CancellationToken cancel)
    {
        if (file.Stamp.SizeBytes > Options.FileBytesMax)
        {
            return new SourceContent.Refused(new Fault(ReasonCodes.TooLarge, $"The file has more than {Options.FileBytesMax} bytes."));
        }

        try
        {
            return new SourceContent.Bytes(await File.ReadAllBytesAsync(file.Stamp.Locator, cancel));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SourceContent.Refused(new Fault(ReasonCodes.SourceUnreachable, e.Message));
        }
    }

    public IDisposable? Watch(Action<IReadOnlyList<string>?> wake) => null;

    public Task<Fault?> ArchiveAsync(SourceFile file, CancellationToken cancel) => Task.FromResult<Fault?>(null);
}
