using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CrmSync.Bench.EndToEnd;

/// <summary><c>crmsync</c> as a process of its own, whose output goes to a file as it would under systemd or Docker.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int Sigterm = 15;

    private readonly Process _process;
    private readonly string _log;

    private ChildProcess(Process process, string log)
    {
        _process = process;
        _log = log;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>User and system time so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory it holds now, in bytes (VmRSS).</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most memory it ever held, in bytes (VmHWM).</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>The end of what it said.</summary>
    public string Story => string.Join(Environment.NewLine, File.Exists(_log) ? File.ReadLines(_log).TakeLast(40) : []);

    /// <summary><c>crmsync</c> as it was built beside the benchmarks.</summary>
    public static string BuiltBeside { get; } = Path.Combine(AppContext.BaseDirectory, "crmsync");

    /// <summary>Starts <paramref name="program"/> in <paramref name="folder"/>.</summary>
    public static ChildProcess Start(string program, string folder, string log, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        // The shell opens the log and becomes the program: nobody has to copy lines from a pipe, and the process id stays.
        Launch(folder, log, environment, ["-c", "exec \"$0\" \"$@\" >\"$BENCH_LOG\" 2>&1", program, .. arguments]);

    /// <summary>SIGTERM, as an orchestrator stops a container; answers the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancel)
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, Sigterm);
        }

        await _process.WaitForExitAsync(cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static ChildProcess Launch(string folder, string log, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", arguments) { WorkingDirectory = folder, UseShellExecute = false };
        start.Environment["BENCH_LOG"] = log;
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return new ChildProcess(Process.Start(start)!, log);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);
}
