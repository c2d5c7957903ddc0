using System.Diagnostics;
using System.Globalization;

namespace CrmSync.Bench.EndToEnd;

/// <summary>Linux <c>perf</c>, sampling one process for as long as this lives.</summary>
internal sealed class Profiler : IAsyncDisposable
{
    private readonly Process _perf;

    private Profiler(Process perf) => _perf = perf;

    public static Profiler Start(int processId, string file)
    {
        string[] arguments = ["record", "-q", "-g", "-F", "299", "-p", processId.ToString(CultureInfo.InvariantCulture), "-o", Path.GetFullPath(file)];
        try
        {
            return new Profiler(Process.Start(new ProcessStartInfo("perf", arguments))!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchException($"--profile needs perf (Debian: apt-get install linux-perf): {e.Message}");
        }
    }

    /// <summary>It ends with the process it looks at.</summary>
    public async ValueTask DisposeAsync()
    {
        await _perf.WaitForExitAsync();
        _perf.Dispose();
    }
}
