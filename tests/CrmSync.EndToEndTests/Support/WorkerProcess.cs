using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CrmSync.EndToEndTests.Support;

/// <summary>The built <c>crmsync</c> as a process of its own, to be talked to, stopped politely, or killed.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const int Sigcont = 18;
    private const int Sigstop = 19;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private WorkerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What both streams said, for a failing test's message.</summary>
    public string Story => $"crmsync {(HasExited ? $"ended with {_process.ExitCode}" : "still runs")}\n--- output\n{Output}\n--- errors\n{Errors}";

    /// <summary>The program as built beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "crmsync.dll");

    /// <summary>Starts <c>crmsync</c> in <paramref name="folder"/>.</summary>
    public static WorkerProcess Start(string folder, params string[] arguments) => Start(folder, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Starts <c>crmsync</c> with settings from environment variables on top of the file's.</summary>
    public static WorkerProcess Start(string folder, IReadOnlyDictionary<string, string> settings, string[] arguments) =>
        Run(Dotnet, folder, settings, [Program, .. arguments]);

    /// <summary>Starts any program whose output and end matter.</summary>
    public static WorkerProcess Run(string program, string folder, IReadOnlyDictionary<string, string> settings, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Tests run side by side: each console gets a free port.
        start.Environment["CRMSYNC_Console__Url"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return new WorkerProcess(start);
    }

    /// <summary>Runs <c>crmsync</c> to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunToEndAsync(string folder, params string[] arguments)
    {
        await using var process = Start(folder, arguments);
        var exitCode = await process.ExitAsync();
        return (exitCode, process.Output, process.Errors);
    }

    /// <summary>Lines of both streams that contain <paramref name="text"/> so far.</summary>
    public int Count(string text) => Find(text).Count();

    /// <summary>A line of either stream that contains <paramref name="text"/>.</summary>
    /// <param name="after">So many such lines were there before: the next one is meant.</param>
    public Task<string> LineAsync(string text, int after = 0) => Eventually.FindAsync(
        $"a line with '{text}'",
        () => Find(text).ElementAtOrDefault(after) ?? (HasExited ? throw new InvalidOperationException($"No line with '{text}'. {Story}") : null),
        () => Story);

    public async Task<int> ExitAsync()
    {
        await Eventually.TrueAsync("the end of the process", () => HasExited, () => Story);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGTERM, as an orchestrator stops a container; answers the exit code.</summary>
    public Task<int> StopAsync()
    {
        Signal(_process.Id, Sigterm).ShouldBe(0);
        return ExitAsync();
    }

    /// <summary>SIGSTOP: it stands still wherever it is, as on a machine that swaps or is moved.</summary>
    public void Freeze() => Signal(_process.Id, Sigstop).ShouldBe(0);

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public void Thaw() => Signal(_process.Id, Sigcont).ShouldBe(0);

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    public static string Dotnet { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private IEnumerable<string> Find(string text) => _output.Concat(_errors).Where(line => line.Contains(text, StringComparison.Ordinal));

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);
}
