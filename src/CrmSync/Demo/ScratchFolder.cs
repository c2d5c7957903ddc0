namespace CrmSync.Demo;

/// <summary>A folder that goes away with its user.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crmsync-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
