namespace CrmSync.Core.Sources;

/// <summary>A place where finished sessions turn up as files.</summary>
public interface ISessionSource
{
    /// <summary>The key of the source's section in the settings.</summary>
    string Name { get; }

    SourceOptions Options { get; }

    /// <summary>
    /// Lists the files that are ready to be read, each time anew and in no particular order. Memory does not grow with their number.
    /// </summary>
    /// <exception cref="SourceException">The source cannot be listed. Never answered by an empty list.</exception>
    IAsyncEnumerable<SourceFile> DiscoverAsync(CancellationToken cancel);

    /// <summary>Of the files that <see cref="Watch"/> named, those that are there and ready to be read. Costs what they cost, however many there are beside them.</summary>
    /// <exception cref="SourceException">The source cannot be reached.</exception>
    IAsyncEnumerable<SourceFile> DiscoverAsync(IReadOnlyList<string> locators, CancellationToken cancel);

    /// <summary>Reads a file as it was listed. Never blocks on what is no file, never reads more than the limit.</summary>
    Task<SourceContent> ReadAsync(SourceFile file, CancellationToken cancel);

    /// <summary>
    /// Puts a recorded file out of the way, if the source is set to; else does nothing. The answer is null, or why it could not.
    /// Nothing depends on it: a file that stays is known by its name, size and time.
    /// </summary>
    Task<Fault?> ArchiveAsync(SourceFile file, CancellationToken cancel);

    /// <summary>
    /// Calls <paramref name="wake"/> with the locators of files that may be ready before a scan's time, or with null when only a scan
    /// can tell which; the answer is null when the source cannot be watched. Only a hint: watchers lose events in a burst, so scans go
    /// on by the clock. Disposing ends it.
    /// </summary>
    IDisposable? Watch(Action<IReadOnlyList<string>?> wake);
}
