using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CrmSync.TestSupport.Postgres;

/// <summary>
/// A PostgreSQL of the test run's own: started by the first test that asks for it, on a free port and in a folder of its own, and gone
/// afterwards. It needs the programs only; no server that runs already is touched.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Install = "PostgreSQL is not installed: apt-get install postgresql (its programs are enough, no server need run).";
    private const string User = "crmsync";
    private const string Password = "throw-away";
    private const string Prefix = "crmsync-postgres-";

    private readonly SemaphoreSlim _starting = new(1);
    private ServerProcess? _server;
    private int _databases;

    /// <summary>The process and its folder; started if need be. Skips the test where PostgreSQL is not installed.</summary>
    public async Task<ServerProcess> ServerAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _server ??= await ServerProcess.StartAsync(NewFolder(), User, Password, "-c fsync=off");
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The connection string of a new database, a copy of <paramref name="template"/>.</summary>
    public async Task<string> NewDatabaseAsync(string template = "template1")
    {
        var server = await ServerAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await server.ExecuteAsync($"create database {name} template {template}");
        return server.ConnectionString(name);
    }

    /// <summary>Takes a database away, with whoever is still connected.</summary>
    public static async Task DropAsync(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"drop database if exists {text.Database} with (force)", connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }

        _starting.Dispose();
    }

    /// <summary>A folder in memory where the system offers that; those that a killed test run left behind go first.</summary>
    internal static string NewFolder()
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        foreach (var left in Directory.GetDirectories(root, Prefix + "*").Where(folder => !IsAlive(folder)))
        {
            ServerProcess.Clear(left);
        }

        return Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}"));
    }

    internal static string Program(string name)
    {
        var path = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name)).FirstOrDefault(File.Exists)
            : null;
        return path ?? Requires.Program(name, Install);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsAlive(string folder)
    {
        var words = Path.GetFileName(folder)[Prefix.Length..].Split('-');
        try
        {
            using var process = Process.GetProcessById(int.Parse(words[0], CultureInfo.InvariantCulture));
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
