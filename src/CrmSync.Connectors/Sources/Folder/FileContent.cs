using CrmSync.Core;
using CrmSync.Core.Intake;
using CrmSync.Core.Sources;
using Microsoft.Win32.SafeHandles;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>Reads an open file as it was listed.</summary>
internal static class FileContent
{
    public static async Task<SourceContent> ReadAsync(SafeFileHandle handle, FileStamp listed, int bytesMax, CancellationToken cancel)
    {
        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length > bytesMax)
            {
                return new SourceContent.Refused(new Fault(ReasonCodes.TooLarge, $"The file has {length} bytes, {bytesMax} are allowed."));
            }

            var content = new byte[length];
            var read = await ReadFullyAsync(handle, content, cancel);
            return read == length && IsAsListed(handle, listed)
                ? new SourceContent.Bytes(content)
                : new SourceContent.Vanished();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SourceContent.Refused(new Fault(ReasonCodes.FileUnreadable, "Reading it failed."));
        }
    }

    private static async Task<int> ReadFullyAsync(SafeFileHandle handle, byte[] content, CancellationToken cancel)
    {
        var total = 0;
        while (total < content.Length)
        {
            var read = await RandomAccess.ReadAsync(handle, content.AsMemory(total), total, cancel);
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
