using System.Globalization;
using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>Another end for every fsync of a running worker, for as long as it lives.</summary>
internal static class FsyncFault
{
    /// <summary>The disk has failed.</summary>
    public const string Fails = "error=EIO";

    /// <summary>The disk says that it has written and has not.</summary>
    public const string Lies = "retval=0";

    /// <summary>Takes effect before this returns. Dispose it after the worker.</summary>
    public static async Task<WorkerProcess> InjectAsync(Stage stage, WorkerProcess worker, string fault)
    {
        Requires.That(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Changing the calls of a running process needs Linux and root.");
        var strace = Requires.Program("strace", "apt-get install strace");
        var tracer = WorkerProcess.Run(
            strace,
            stage.Folder,
            new Dictionary<string, string>(StringComparer.Ordinal),
            ["-f", "-p", worker.Id.ToString(CultureInfo.InvariantCulture), "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", $"inject=fsync,fdatasync:{fault}"]);
        await tracer.LineAsync("attached");
        return tracer;
    }
}
