namespace CrmSync.Tests.Ledger;

/// <summary>A folder for one test, in memory where the system offers that: what is tested does not depend on the disk, only the time it takes.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath(), $"crmsync-ledger-{Guid.NewGuid():N}")).FullName;

    public string Database => System.IO.Path.Combine(Path, "crmsync.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
