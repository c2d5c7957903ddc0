namespace CrmSync.Tests.Sources;

/// <summary>A folder of its own for one test.</summary>
internal sealed class InboxFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crmsync-test-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file whose time lies an hour back, so that it counts as stable.</summary>
    public string Write(string name, string content, DateTimeOffset? modifiedAt = null)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, (modifiedAt ?? Some.Now.AddHours(-1)).UtcDateTime);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
