using CrmSync.Core.Configuration;
using CrmSync.Core.Sources;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>A folder of session files, in <c>Sources:NAME</c> with <c>Kind</c> <c>Folder</c>.</summary>
public sealed class FolderSourceOptions : SourceOptions
{
    /// <summary>The folder. Folders below it are scanned too, however deep; links are not followed. Required.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>Which file names are sessions; <c>*</c> and <c>?</c> stand for anything. Default <c>*.json</c>.</summary>
    public string Pattern { get; set; } = "*.json";

    /// <summary>
    /// How long a file must not have changed before it is read. Default 5 seconds. Zero only where files are moved into the folder
    /// complete.
    /// </summary>
    public TimeSpan StableFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Recorded files are moved below this folder. Default none: nothing in the folder is changed, as other programs may read it.
    /// On another file system a move is a copy and a deletion.
    /// </summary>
    public string? ArchiveTo { get; set; }

    /// <summary>
    /// Make <see cref="Path"/> at the start when it is missing. Default false: a folder that should be there and is not may be a share
    /// that is not mounted.
    /// </summary>
    public bool CreatePath { get; set; }

    /// <summary>
    /// A file or folder that must be there, relative to <see cref="Path"/>. Default none. Tells a share that is not mounted from one
    /// that is empty.
    /// </summary>
    public string? Marker { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<Complaint> Complain(string section)
    {
        foreach (var complaint in base.Complain(section))
        {
            yield return complaint;
        }

        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return new Complaint($"{section}:{nameof(Path)}", "is missing.", "Write the folder that the platform's files arrive in.");
        }
        else if (File.Exists(Path))
        {
            yield return new Complaint($"{section}:{nameof(Path)}", "is a file.", "Write the folder that the file is in.");
        }

        if (string.IsNullOrWhiteSpace(Pattern) || Pattern.AsSpan().ContainsAny('/', '\\'))
        {
            yield return new Complaint($"{section}:{nameof(Pattern)}", "is not a pattern of file names.", "Write something like *.json or call-*.json; folders below are scanned anyway.");
        }

        if (StableFor < TimeSpan.Zero || StableFor > TimeSpan.FromHours(1))
        {
            yield return new Complaint($"{section}:{nameof(StableFor)}", "is out of range.", "Write 00:00:00 to 01:00:00.");
        }

        if (IsPathItself(ArchiveTo))
        {
            yield return new Complaint($"{section}:{nameof(ArchiveTo)}", "is the folder itself.", "Write another folder, or leave it out to change nothing.");
        }
    }

    private bool IsPathItself(string? folder) =>
        !string.IsNullOrWhiteSpace(folder) && !string.IsNullOrWhiteSpace(Path)
        && System.IO.Path.GetFullPath(folder) == System.IO.Path.GetFullPath(Path);
}
