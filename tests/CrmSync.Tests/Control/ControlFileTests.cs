using CrmSync.Control;

namespace CrmSync.Tests.Control;

public sealed class ControlFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crmsync-tests-").FullName;

    private string FilePath => Path.Combine(_folder, "data", "control.json");

    [Fact]
    public void What_a_running_worker_wrote_is_read_back()
    {
        var written = ControlFile.Write(FilePath, "http://127.0.0.1:4711", ControlFile.NewToken());

        ControlFile.Read(FilePath).ShouldBe(written);
    }

    [Fact]
    public void Only_the_workers_user_can_read_the_token()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        ControlFile.Write(FilePath, "http://127.0.0.1:4711", ControlFile.NewToken());

        File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_file_that_a_dead_worker_left_counts_as_none()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, $$"""{"url":"http://127.0.0.1:4711","token":"x","pid":{{int.MaxValue}}}""");

        ControlFile.Read(FilePath).ShouldBeNull();
    }

    [Fact]
    public void A_damaged_file_counts_as_none()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, "{");

        ControlFile.Read(FilePath).ShouldBeNull();
    }

    [Fact]
    public void The_file_goes_when_its_worker_stops()
    {
        ControlFile.Write(FilePath, "http://127.0.0.1:4711", ControlFile.NewToken());

        ControlFile.Remove(FilePath);

        File.Exists(FilePath).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
