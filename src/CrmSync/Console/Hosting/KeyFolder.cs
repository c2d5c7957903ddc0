namespace CrmSync.Console.Hosting;

/// <summary>Where the keys of cookies and form tokens are kept, for this user only. Losing them logs everybody out, no more.</summary>
internal static class KeyFolder
{
    public const string Name = "console-keys";

    public static DirectoryInfo Prepare(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
