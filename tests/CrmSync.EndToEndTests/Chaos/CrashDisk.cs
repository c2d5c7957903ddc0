using System.Runtime.InteropServices;
using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;
using Microsoft.Win32.SafeHandles;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A disk of its own that loses power when told: what was not synced until then is gone.</summary>
internal sealed class CrashDisk : IAsyncDisposable
{
    // FS_IOC_SHUTDOWN with NOLOGFLUSH (linux/fs.h, fs/ext4/ext4.h): not even the journal is written any more.
    private const ulong Shutdown = 0x8004587D;
    private const int WithoutFlush = 2;

    private readonly string _image;

    private CrashDisk(string image, string path)
    {
        _image = image;
        Path = path;
    }

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Makes an ext4 file system in a file beside <paramref name="path"/>, and mounts it there. Skips the test where that is not allowed.</summary>
    public static async Task<CrashDisk> MountAsync(string path)
    {
        Requires.That(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Mounting a disk of its own needs Linux and root.");
        Requires.That(File.Exists("/usr/sbin/mkfs.ext4"), "mkfs.ext4 is not installed: apt-get install e2fsprogs");
        var disk = new CrashDisk(path + ".img", Directory.CreateDirectory(path).FullName);
        await using (var image = File.Create(disk._image))
        {
            image.SetLength(256 * 1024 * 1024);
        }

        await Command.RunAsync("/usr/sbin/mkfs.ext4", "-q", "-F", disk._image);
        if (await disk.TryMountAsync() is { } complaint)
        {
            // Nothing that could be installed gives a container loop devices.
            Assert.Skip($"This machine mounts no file as a disk. {complaint}");
        }

        return disk;
    }

    /// <summary>From now on every write fails, and what waits in memory to be written never will be.</summary>
    public void CutPower()
    {
        using var root = Open(Path);
        var how = WithoutFlush;
        Ioctl(root, Shutdown, ref how).ShouldBe(0, Marshal.GetLastPInvokeErrorMessage());
    }

    /// <summary>What the disk holds is read anew. Nobody may have a file of it open.</summary>
    public async Task ComeBackAsync()
    {
        await Command.RunAsync("umount", Path);
        (await TryMountAsync()).ShouldBeNull();
    }

    /// <summary>Writes everything that waits, whoever wrote it.</summary>
    public Task SyncAsync() => Command.RunAsync("sync", "--file-system", Path);

    public async ValueTask DisposeAsync() => await Command.RunAsync("umount", "--lazy", Path);

    private Task<string?> TryMountAsync() => Command.TryAsync("mount", "-o", "loop", _image, Path);

    private static SafeFileHandle Open(string folder)
    {
        var handle = new SafeFileHandle(OpenFile(folder, 0), ownsHandle: true);
        handle.IsInvalid.ShouldBeFalse(Marshal.GetLastPInvokeErrorMessage());
        return handle;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint OpenFile(string path, int flags);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Ioctl(SafeFileHandle file, ulong request, ref int argument);
}
