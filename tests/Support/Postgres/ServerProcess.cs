using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CrmSync.TestSupport.Postgres;

/// <summary>One PostgreSQL server: can be stopped, killed and started again on the same port and folder.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _user;
    private readonly string _password;
    private readonly string _settings;

    private ServerProcess(string folder, string user, string password, string settings)
    {
        (_folder, _user, _password) = (folder, user, password);
        Port = PostgresCluster.FreePort();
        _settings = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300 -c shared_buffers=32MB {settings}");
    }

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    private string LogFile => Path.Combine(_folder, "log");

    /// <param name="settings">For the server's command line: <c>-c fsync=off</c>.</param>
    public static async Task<ServerProcess> StartAsync(string folder, string user, string password, string settings)
    {
        var server = new ServerProcess(folder, user, password, settings);
        MakeFolder(folder);
        var secret = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(secret, password);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        await RunAsync("initdb", "-D", server.Data, "-U", user, "-A", "scram-sha-256", $"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await server.StartAsync();
        return server;
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = _user,
        Password = _password,
    }.ToString();

    public Task StartAsync() => RunAsync("pg_ctl", "-D", Data, "-o", _settings, "-l", LogFile, "-w", "-s", "start");

    /// <param name="mode"><c>fast</c> ends running transactions; <c>immediate</c> is a crash: nothing is finished, nothing written.</param>
    public Task StopAsync(string mode = "fast") => RunAsync("pg_ctl", "-D", Data, "-m", mode, "-w", "-s", "stop");

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await StopAsync("immediate");
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends a server whose test run is gone, and takes its folder away.</summary>
    internal static void Clear(string folder)
    {
        var data = Path.Combine(folder, "data");
        if (File.Exists(Path.Combine(data, "postmaster.pid")))
        {
            RunAsync("pg_ctl", "-D", data, "-m", "immediate", "-w", "-s", "stop").GetAwaiter().GetResult();
        }

        Directory.Delete(folder, recursive: true);
    }

    // The server refuses to run as root: its package's own user takes the folder then.
    private static void MakeFolder(string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var install = Process.Start("install", ["-d", "-o", "postgres", "-m", "0711", folder]);
            install.WaitForExit();
        }
        else
        {
            Directory.CreateDirectory(folder);
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        string[] words = Environment.IsPrivilegedProcess
            ? ["runuser", "-u", "postgres", "--", PostgresCluster.Program(program), .. arguments]
            : [PostgresCluster.Program(program), .. arguments];

        // The server keeps the streams it was started with: they must not be pipes that end with this call.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>\"$0\" </dev/null", Path.Combine(Path.GetTempPath(), $"crmsync-{Guid.NewGuid():N}"), .. words])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var errors = start.ArgumentList[2];
        var said = await File.ReadAllTextAsync(errors);
        File.Delete(errors);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said}");
        }
    }
}
