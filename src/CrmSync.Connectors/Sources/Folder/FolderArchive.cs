using System.Security.Cryptography;
using CrmSync.Core;
using CrmSync.Core.Intake;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>Moves recorded files out of the way. Never overwrites, never takes a file that changed since it was recorded.</summary>
internal static class FolderArchive
{
    /// <summary>The answer is null, or why the file stays.</summary>
    public static Fault? Move(string path, FileStamp recorded, string destination)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length != recorded.SizeBytes || FileTimes.ToMilliseconds(file.LastWriteTimeUtc) != recorded.ModifiedAt)
            {
                return null;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            file.MoveTo(File.Exists(destination) ? WithHash(file, destination) : destination, overwrite: false);
            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Fault(ReasonCodes.ArchiveFailed, "Moving it was denied or failed.");
        }
    }

    /// <summary><c>call-7.json</c> becomes <c>call-7.9f86d081.json</c>, or <c>call-7.9f86d081-2.json</c> when that is taken too.</summary>
    private static string WithHash(FileInfo file, string destination)
    {
        using var content = file.OpenRead();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..8];
        var stem = Path.Combine(Path.GetDirectoryName(destination)!, Path.GetFileNameWithoutExtension(destination));
        var extension = Path.GetExtension(destination);
        var name = $"{stem}.{hash}{extension}";
        for (var number = 2; File.Exists(name); number++)
        {
            name = $"{stem}.{hash}-{number}{extension}";
        }

        return name;
    }
}
