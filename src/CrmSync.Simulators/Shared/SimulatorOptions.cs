namespace CrmSync.Simulators.Shared;

/// <summary>Where a simulator listens and what makes its faults repeatable.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Plain http port on 127.0.0.1. Default 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>Https port on 127.0.0.1, 0 for any free one. Default: no https.</summary>
    public int? SecurePort { get; init; }

    /// <summary>DNS names the self-made certificate is valid for, besides 127.0.0.1.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = ["localhost"];

    /// <summary>Seed of <see cref="FaultPlan"/>: the same seed and the same requests meet the same faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The largest request body taken, in bytes. Default 64 MiB.</summary>
    public long RequestBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>Decides expiry, quota windows and delays, so that a test can move time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
