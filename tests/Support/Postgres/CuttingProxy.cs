using System.Net;
using System.Net.Sockets;

namespace CrmSync.TestSupport.Postgres;

/// <summary>Between a client and the database; on request it lets the next command through and cuts the connection in place of the answer.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private int _cuts;

    public CuttingProxy(int serverPort)
    {
        _listener.Start();
        _accepting = AcceptAsync(serverPort);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers that were swallowed so far.</summary>
    public int Cut { get; private set; }

    /// <summary>The next answer gets lost, and its connection with it.</summary>
    public void CutNextAnswer() => Interlocked.Exchange(ref _cuts, 1);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting.ContinueWith(_ => { }, TaskScheduler.Default);
        _ending.Dispose();
    }

    private async Task AcceptAsync(int serverPort)
    {
        while (!_ending.IsCancellationRequested)
        {
            _ = PassAsync(await _listener.AcceptTcpClientAsync(_ending.Token), serverPort);
        }
    }

    private async Task PassAsync(TcpClient client, int serverPort)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, serverPort, _ending.Token);
            var up = client.GetStream().CopyToAsync(server.GetStream(), _ending.Token);
            await Task.WhenAny(up, AnswerAsync(server.GetStream(), client.GetStream()));
        }
    }

    // Swallows the whole answer: the server is through with the command when the connection ends.
    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[64 * 1024];
        while (await server.ReadAsync(buffer, _ending.Token) is > 0 and var read)
        {
            if (Interlocked.Exchange(ref _cuts, 0) == 1)
            {
                Cut++;
                return;
            }

            await client.WriteAsync(buffer.AsMemory(0, read), _ending.Token);
        }
    }
}
