using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace CrmSync.TestSupport.Postgres;

/// <summary>pgbouncer in transaction pooling: each command may meet another session of the server.</summary>
public sealed class Pooler : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Pooler(Process process, string folder, string connectionString) => (_process, _folder, ConnectionString) = (process, folder, connectionString);

    /// <summary>Of the same database, by way of the pooler.</summary>
    public string ConnectionString { get; }

    public static async Task<Pooler> StartAsync(string connectionString)
    {
        var program = File.Exists("/usr/sbin/pgbouncer") ? "/usr/sbin/pgbouncer" : Requires.Program("pgbouncer", "apt-get install pgbouncer.");
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var port = PostgresCluster.FreePort();
        var folder = Directory.CreateTempSubdirectory("crmsync-pooler-").FullName;
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(Path.Combine(folder, "users"), $"\"{server.Username}\" \"{server.Password}\"\n");
        await File.WriteAllTextAsync(
            settings,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host=127.0.0.1 port={server.Port}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {port}
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = {folder}/users
                pool_mode = transaction
                default_pool_size = 4
                max_client_conn = 300
                """));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        // It refuses to run as root. "exec" and setpriv leave one process, which can be ended.
        string[] words = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", program, "-q", settings]
            : [program, "-q", settings];
        var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var pooler = new Pooler(process, folder, new NpgsqlConnectionStringBuilder(connectionString) { Port = port }.ToString());
        await pooler.ListensAsync(port);
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ListensAsync(int port)
    {
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"pgbouncer ended: {await _process.StandardError.ReadToEndAsync()}");
            }

            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }
}
