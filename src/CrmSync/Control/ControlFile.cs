using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace CrmSync.Control;

/// <summary>How the command line finds a running worker: its address, and a token that only the worker's user can read.</summary>
/// <param name="Token">256 bits, made anew at each start.</param>
internal sealed record ControlFile(string Url, string Token, int Pid)
{
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Writes it for this process, readable by its user only, by a rename: a reader never sees half of it.</summary>
    public static ControlFile Write(string path, string url, string token)
    {
        var control = new ControlFile(url, token, Environment.ProcessId);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = path + ".tmp";
        File.Delete(draft);
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, mode))
        {
            JsonSerializer.Serialize(file, control, ControlJson.Default.ControlFile);
        }

        File.Move(draft, path, overwrite: true);
        return control;
    }

    /// <summary>Null when no worker runs: no file, or one that a dead worker left.</summary>
    public static ControlFile? Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, ControlJson.Default.ControlFile) is { } control && IsAlive(control.Pid) ? control : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes the file away when the worker stops, unless a later worker has written its own.</summary>
    public static void Remove(string path)
    {
        if (Read(path) is { } control && control.Pid == Environment.ProcessId)
        {
            File.Delete(path);
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
