using System.Diagnostics;

namespace CrmSync.EndToEndTests.Support;

/// <summary>Programs of the system that a test needs done.</summary>
internal static class Command
{
    /// <summary>Runs it to its end, which must be a good one.</summary>
    public static async Task RunAsync(string program, params string[] arguments) =>
        (await TryAsync(program, arguments)).ShouldBeNull();

    /// <summary>Runs it to its end; answers what it complained of, or null.</summary>
    public static async Task<string?> TryAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0 ? null : $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors}";
    }
}
