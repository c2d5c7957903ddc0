namespace CrmSync.Bench.EndToEnd;

/// <summary>A worker process and what it cost since the first file was fed.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private TimeSpan _cpuBefore;

    private Worker(ChildProcess process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Story => _process.Story;

    public TimeSpan CpuTime => _process.CpuTime - _cpuBefore;

    public long Memory => _process.Memory;

    public long PeakMemory => _process.PeakMemory;

    /// <summary>Starts worker number <paramref name="number"/> on the scratch folder's settings and waits until it works.</summary>
    public static async Task<Worker> StartAsync(Scratch scratch, RunPlan plan, int number, CancellationToken cancel)
    {
        var control = scratch.Combine($"control-{number}.json");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CRMSYNC_Http__ControlFile"] = control,
        };
        if (plan.Profile is not null && number == 1)
        {
            environment["DOTNET_PerfMapEnabled"] = "1";
            environment["DOTNET_EnableWriteXorExecute"] = "0";
        }

        var process = ChildProcess.Start(
            plan.Program ?? ChildProcess.BuiltBeside, scratch.Path, scratch.Combine($"worker-{number}.log"), environment, "run");
        try
        {
            await Eventually.FindAsync(
                "The worker", () => File.Exists(control) ? control : null, () => process.HasExited, () => process.Story, cancel);
            return new Worker(process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the start cost is not what a session costs.</summary>
    public void BeginCounting() => _cpuBefore = _process.CpuTime;

    public Task<int> StopAsync(CancellationToken cancel) => _process.StopAsync(cancel);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
