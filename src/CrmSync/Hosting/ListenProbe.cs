using System.Net;
using System.Net.Sockets;
using CrmSync.Core.Configuration;

namespace CrmSync.Hosting;

/// <summary>Finds out, before the server does, whether it could listen at an address; says in one sentence why not.</summary>
internal static class ListenProbe
{
    /// <param name="key">The setting the address stands in.</param>
    /// <param name="url">As Kestrel takes it, e.g. <c>http://127.0.0.1:5080</c>.</param>
    /// <returns>Null when nothing is in the way, or when only Kestrel can tell (a socket's file, any free port).</returns>
    public static Complaint? Try(string key, string url)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe || address.IsNamedPipe || address.Port == 0
            ? null
            : Places(address.Host).Select(place => Try(key, url, new IPEndPoint(place, address.Port))).FirstOrDefault(complaint => complaint is not null);
    }

    public static Complaint Taken(string key, string url) => new(key, $"{url} is taken by another program, or another worker.", "Write another port.");

    private static Complaint? Try(string key, string url, IPEndPoint place)
    {
        try
        {
            using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(place);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => Taken(key, url),
                SocketError.AccessDenied => new Complaint(key, $"{url} may not be listened at by this user.", "Write a port above 1023."),
                SocketError.AddressNotAvailable => new Complaint(key, $"{url} is no address of this computer.", "Write 127.0.0.1 for this computer only, or one of its own addresses."),

                // Whatever else it is, the server's own try decides: a host without IPv6 listens at localhost all the same.
                _ => null,
            };
        }
    }

    // As Kestrel reads a host: a name that is no address stands for every one.
    private static IPAddress[] Places(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback]
        : IPAddress.TryParse(host.Trim('[', ']'), out var one) ? [one]
        : [IPAddress.Any];
}
