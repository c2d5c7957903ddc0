namespace CrmSync.Core.Sources;

/// <summary>What reading a listed file came to. The list is closed.</summary>
public abstract record SourceContent
{
    private SourceContent() { }

    public sealed record Bytes(ReadOnlyMemory<byte> Content) : SourceContent;

    /// <summary>It is gone, or changed since it was listed. Not an error: the next scan tells.</summary>
    public sealed record Vanished : SourceContent;

    /// <summary>It can be seen, but not read.</summary>
    public sealed record Refused(Fault Fault) : SourceContent;
}
