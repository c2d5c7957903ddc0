using BenchmarkDotNet.Attributes;
using CrmSync.Core.Sessions;

namespace CrmSync.Bench.Micro;

/// <summary>From a session file's bytes to what CrmSync knows of it, one file an operation.</summary>
[MemoryDiagnoser]
public class ReadSessions
{
    private const int Count = 64;

    [Benchmark(Description = "read", OperationsPerInvoke = Count)]
    public object? Read()
    {
        object? last = null;
        foreach (var file in SampleSessions.Files)
        {
            last = SampleSessions.Read(file);
        }

        return last;
    }

    [Benchmark(Description = "read and hash, as at intake", OperationsPerInvoke = Count)]
    public object? ReadAndHash()
    {
        Revision? last = null;
        foreach (var file in SampleSessions.Files)
        {
            last = SampleSessions.Read(file).Revision;
        }

        return last;
    }
}
