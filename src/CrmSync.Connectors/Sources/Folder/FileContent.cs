using CrmSync.Core;
using CrmSync.Core.Intake;
using CrmSync.Core.Sources;
using Microsoft.Win32.SafeHandles;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>Reads an open file as it was listed.</summary>
internal static class FileContent
{
    /// <summary>Waits for the disk on the caller's thread: no system reads files asynchronously but Windows, .NET would only change threads.</summary>
    public static SourceContent Read(SafeFileHandle handle, FileStamp listed, int bytesMax, CancellationToken cancel)
    {
        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length > bytesMax)
            {
                return new SourceContent.Refused(new Fault(ReasonCodes.TooLarge, $"The file has {length} bytes, {bytesMax} are allowed."));
            }

            var content = new byte[length];
            var read = ReadFully(handle, content, cancel);
            return read == length && IsAsListed(handle, listed)
                ? new SourceContent.Bytes(content)
                : new SourceContent.Vanished();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SourceContent.Refused(new Fault(ReasonCodes.FileUnreadable, "Reading it failed."));
        }
    }

    private static int ReadFully(SafeFileHandle handle, byte[] content, CancellationToken cancel)
    {
        var total = 0;
        while (total < content.Length)
        {
            cancel.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(handle, content.AsSpan(total), total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    /// <summary>Looked at after the reading, so that what was read is what size and time stand for.</summary>
    private static bool IsAsListed(SafeFileHandle handle, FileStamp listed) =>
        RandomAccess.GetLength(handle) == listed.SizeBytes
        && FileTimes.ToMilliseconds(File.GetLastWriteTimeUtc(handle)) == listed.ModifiedAt;
}
