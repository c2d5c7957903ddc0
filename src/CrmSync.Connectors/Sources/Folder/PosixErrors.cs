namespace CrmSync.Connectors.Sources.Folder;

/// <summary>The few error numbers that mean the same on Linux and macOS (POSIX errno.h).</summary>
internal static class PosixErrors
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoDevice = 6;
    public const int AccessDenied = 13;

    /// <summary>What open answers for a link that it was told not to follow: ELOOP, 40 on Linux and 62 on macOS.</summary>
    public static bool IsLink(int error) => error == (OperatingSystem.IsMacOS() ? 62 : 40);

    /// <summary>Windows says access denied with 5.</summary>
    public static bool IsDenied(int error) => OperatingSystem.IsWindows() ? error == 5 : error is NotPermitted or AccessDenied;
}
