using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>
/// Opens ordinary files and nothing else. .NET's own open would wait forever for the writer of a named pipe and would follow a link
/// that took a file's place after it was listed; open(2) with O_NONBLOCK and O_NOFOLLOW does neither.
/// </summary>
internal static class RegularFile
{
    // open(2). The numbers differ between systems, and O_NOFOLLOW between processors too (Linux: asm/fcntl.h).
    private const int LinuxNonBlock = 0x800;
    private const int LinuxCloseOnExec = 0x80000;
    private const int MacNonBlock = 0x4;
    private const int MacNoFollow = 0x100;
    private const int MacCloseOnExec = 0x1000000;

    // statx(2): the layout is the same everywhere, unlike that of fstat.
    private const int AtEmptyPath = 0x1000;
    private const uint StatxType = 0x1;
    private const int StatxBytes = 256;
    private const int StatxModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;

    private static int LinuxNoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>The open file, or null with the reason. The caller disposes it.</summary>
    public static SafeFileHandle? Open(string path, out OpenProblem problem)
    {
        if (OperatingSystem.IsWindows())
        {
            return OpenOnWindows(path, out problem);
        }

        var flags = OperatingSystem.IsMacOS()
            ? MacNonBlock | MacNoFollow | MacCloseOnExec
            : LinuxNonBlock | LinuxNoFollow | LinuxCloseOnExec;
        var descriptor = OpenFile(Encoding.UTF8.GetBytes($"{path}\0"), flags);
        if (descriptor < 0)
        {
            problem = ProblemOf(Marshal.GetLastPInvokeError());
            return null;
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        problem = IsRegular(handle) ? OpenProblem.None : OpenProblem.NotRegular;
        if (problem is OpenProblem.None)
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }

    private static OpenProblem ProblemOf(int error) => error switch
    {
        PosixErrors.NoEntry => OpenProblem.Gone,
        PosixErrors.NoDevice => OpenProblem.NotRegular,
        _ when PosixErrors.IsLink(error) => OpenProblem.NotRegular,
        _ when PosixErrors.IsDenied(error) => OpenProblem.Denied,
        _ => OpenProblem.Failed,
    };

    private static bool IsRegular(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            return CanSeek(handle);
        }

        var status = new byte[StatxBytes];
        return GetStatus(handle, [0], AtEmptyPath, StatxType, status) == 0
            && (BitConverter.ToUInt16(status, StatxModeOffset) & TypeMask) == RegularType;
    }

    /// <summary>Elsewhere: what has a length is a file. Devices that have one read as empty.</summary>
    private static bool CanSeek(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle) >= 0;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static SafeFileHandle? OpenOnWindows(string path, out OpenProblem problem)
    {
        try
        {
            problem = (File.GetAttributes(path) & (FileAttributes.ReparsePoint | FileAttributes.Directory | FileAttributes.Device)) == FileAttributes.None
                ? OpenProblem.None
                : OpenProblem.NotRegular;
            return problem is OpenProblem.None
                ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous)
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = OpenProblem.Gone;
        }
        catch (UnauthorizedAccessException)
        {
            problem = OpenProblem.Denied;
        }
        catch (IOException)
        {
            problem = OpenProblem.Failed;
        }

        return null;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFile(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetStatus(SafeFileHandle handle, byte[] path, int flags, uint mask, byte[] status);
}

/// <summary>Why a file was not opened.</summary>
internal enum OpenProblem
{
    None,
    Gone,
    NotRegular,
    Denied,
    Failed,
}
