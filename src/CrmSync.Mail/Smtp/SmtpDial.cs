using System.Net.Sockets;

namespace CrmSync.Mail.Smtp;

internal static class SmtpDial
{
    /// <summary>Connects to the first of the host's addresses that answers.</summary>
    public static async Task<Stream> ConnectAsync(SmtpOptions options, TimeProvider clock, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.Timeouts.Connect, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        // Small commands wait for answers: Nagle's algorithm would only add to that.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw Unreachable($"No connection ({e.SocketErrorCode}).", e);
        }
        catch (OperationCanceledException e)
        {
            socket.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw Unreachable("No connection in time.", e);
        }
    }

    private static SmtpException Unreachable(string message, Exception inner) =>
        new(new SmtpFault(SmtpStage.Connect, SmtpProblem.Unreachable, message), inner);
}
