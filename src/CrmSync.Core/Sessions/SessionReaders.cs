namespace CrmSync.Core.Sessions;

/// <summary>Opens kept session files the way their source reads them: each contact-centre instance has its own settings.</summary>
public sealed class SessionReaders(IReadOnlyDictionary<string, ReaderOptions> byInstance)
{
    /// <summary>Null when the bytes are no session file (any more: settings may have changed since they were taken in).</summary>
    public SessionMetadata? Read(ReadOnlyMemory<byte> bytes, string instance)
    {
        var options = byInstance.TryGetValue(instance, out var known) ? known : new ReaderOptions { Instance = instance };
        return SessionReader.Read(bytes, options) is ReadResult.Session(var session) ? session : null;
    }
}
