namespace CrmSync.Ledger.Sqlite;

/// <summary>The place the ledger lives in: that it is fit for one, and how much room it has.</summary>
internal static class LedgerFolder
{
    // Below either of these a person should know: 1 GiB, or a tenth of the disk where that is less.
    private const long LowBytes = 1L << 30;
    private const double LowShare = 0.1;

    // WAL mode needs memory shared between processes of one machine: https://sqlite.org/wal.html#overview
    private static readonly HashSet<string> Network = new(StringComparer.OrdinalIgnoreCase)
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "9p", "v9fs",
        "lustre", "gpfs", "gfs2", "ocfs2", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.gcsfuse", "davfs", "webdav",
    };

    /// <summary>Makes the folder, readable by this user only, and refuses network file systems.</summary>
    public static void Prepare(string ledger)
    {
        var folder = Of(ledger);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"The ledger's folder {folder} cannot be made. Check the path and the rights above it.", e);
        }

        var drive = new DriveInfo(folder);
        if (drive.DriveType is DriveType.Network || IsNetwork(drive.DriveFormat))
        {
            throw new LedgerException(
                $"The ledger {ledger} lies on a network file system ({drive.DriveFormat}), where SQLite loses data. Put it on a local disk, or use PostgreSQL.");
        }
    }

    public static bool IsNetwork(string fileSystem) => Network.Contains(fileSystem);

    public static (long Free, bool Low) Room(string ledger)
    {
        var drive = new DriveInfo(Of(ledger));
        return (drive.AvailableFreeSpace, IsLow(drive.AvailableFreeSpace, drive.TotalSize));
    }

    public static bool IsLow(long free, long total) => free < Math.Min(LowBytes, total * LowShare);

    private static string Of(string ledger) => Path.GetDirectoryName(Path.GetFullPath(ledger))!;
}
