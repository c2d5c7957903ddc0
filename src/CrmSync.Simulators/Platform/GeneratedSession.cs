namespace CrmSync.Simulators.Platform;

/// <summary>Where a generated session should end up.</summary>
public enum ExpectedTicket
{
    /// <summary>On the Salesforce case it names.</summary>
    Salesforce,

    /// <summary>On the Zendesk ticket it names.</summary>
    Zendesk,

    /// <summary>Nowhere, and nobody should be told: no agent handled it.</summary>
    None,

    /// <summary>Nowhere, and somebody should be told: an agent handled it, but no version of the file names a ticket.</summary>
    Missing,
}

/// <summary>One session that was made up, for comparing with what arrived.</summary>
/// <param name="Kind"><c>call</c> or <c>chat</c>.</param>
/// <param name="Id">Unique within the kind only.</param>
/// <param name="TicketId">The record's id for <see cref="ExpectedTicket.Salesforce"/> and <see cref="ExpectedTicket.Zendesk"/>, else null.</param>
/// <param name="RelativePath">With forward slashes, e.g. <c>northgate.uc1/metadata/2026/03/05/call-40001.json</c>.</param>
/// <param name="Exports">The file's versions in the order they are written, one or two. The last one is complete.</param>
public sealed record GeneratedSession(
    string Kind,
    long Id,
    ExpectedTicket Expected,
    string? TicketId,
    string RelativePath,
    IReadOnlyList<ReadOnlyMemory<byte>> Exports)
{
    /// <summary>The whole content: what has to be attached to the record.</summary>
    public ReadOnlyMemory<byte> Final => Exports[^1];

    /// <summary>Writes one version as the storage does: the whole file appears at once, in place of an older one.</summary>
    public async Task WriteAsync(string folder, int export, CancellationToken cancel)
    {
        var path = Path.Combine(folder, RelativePath);
        var unfinished = path + ".tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(unfinished, Exports[export], cancel);
        File.Move(unfinished, path, overwrite: true);
    }
}
