using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrmSync.TestSupport;

/// <summary>Postfix for submission and Dovecot for sign-in and mailboxes, on 127.0.0.1, with configuration, queue and mailboxes of their own.</summary>
internal sealed class RealMailServer : IAsyncDisposable
{
    public const string User = "crmsync@crm.test";
    public const string Password = "pa55-Wörd, =";

    /// <summary>Octets, as announced by SIZE.</summary>
    public const int SizeMax = 2_000_000;

    private const int Boxes = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<MailDoor, int> _ports = Enum.GetValues<MailDoor>().Zip(FreePorts(Enum.GetValues<MailDoor>().Length)).ToDictionary();

    private int _boxes;

    private RealMailServer()
    {
    }

    /// <summary>The authority to trust: the certificate itself, for <c>localhost</c>.</summary>
    public string CaFile => _folder.Combine("cert.pem");

    public int Port(MailDoor door) => _ports[door];

    /// <param name="tokenInfo">Where Dovecot asks whose an access token is; null where no test signs in with one.</param>
    public static async Task<RealMailServer> StartAsync(Uri? tokenInfo = null)
    {
        Requires.That(File.Exists("/usr/sbin/postfix") && File.Exists("/usr/sbin/dovecot"), "Postfix and Dovecot are not installed: apt-get install postfix dovecot-core dovecot-lmtpd");
        Requires.That(Environment.UserName == "root", "A mail server of one's own must be started as root.");
        var server = new RealMailServer();
        server.Configure(tokenInfo);
        await RunAsync("/usr/sbin/dovecot", "-c", server._folder.Combine("dovecot.conf"));
        await RunAsync("/usr/sbin/postfix", "-c", server._folder.Combine("postfix"), "start");
        await server.ListeningAsync();
        return server;
    }

    /// <summary>The address of a mailbox that nobody has used.</summary>
    public string NewMailbox() => Box(Interlocked.Increment(ref _boxes));

    /// <summary>What lies in the mailbox of <paramref name="address"/> once there are <paramref name="count"/> mails, in no order, with CRLF.</summary>
    public async Task<IReadOnlyList<byte[]>> MailsAsync(string address, int count)
    {
        var since = TimeProvider.System.GetTimestamp();
        var inbox = _folder.Combine("mail", address, "new");
        while (true)
        {
            // Dovecot moves a mail to "new" once it is complete.
            var files = Directory.Exists(inbox) ? Directory.GetFiles(inbox) : [];
            if (files.Length >= count)
            {
                return [.. files.Select(file => WithCrLf(File.ReadAllBytes(file)))];
            }

            if (TimeProvider.System.GetElapsedTime(since) > Limit)
            {
                Assert.Fail($"{files.Length} of {count} mails arrived.\n{Log}");
            }

            await Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("/usr/sbin/postfix", "-c", _folder.Combine("postfix"), "stop");
        await RunAsync("/usr/bin/doveadm", "-c", _folder.Combine("dovecot.conf"), "stop");
        _folder.Dispose();
    }

    private string Log => string.Join('\n', Directory.GetFiles(_folder.Combine("lib"), "*.log").Select(File.ReadAllText));

    private void Configure(Uri? tokenInfo)
    {
        // The servers' own accounts must get in.
        Change("chmod", "711", _folder.Path);
        foreach (var name in new[] { "postfix", "queue", "lib", "mail", "run" })
        {
            Directory.CreateDirectory(_folder.Combine(name));
        }

        WriteCertificate();
        File.WriteAllText(_folder.Combine("postfix", "main.cf"), RealMailServerFiles.MainCf(_folder.Path, SizeMax));
        File.WriteAllText(_folder.Combine("postfix", "master.cf"), RealMailServerFiles.MasterCf(_ports));
        File.WriteAllText(_folder.Combine("dovecot.conf"), RealMailServerFiles.DovecotConf(_folder.Path, tokenInfo is not null));
        File.WriteAllText(_folder.Combine("users"), string.Concat(Enumerable.Range(1, Boxes).Select(Box).Select(box => $"{box}:{{PLAIN}}-::::::\n").Prepend($"{User}:{{PLAIN}}{Password}::::::\n")));
        File.WriteAllText(_folder.Combine("oauth2.conf"), $"tokeninfo_url = {tokenInfo}\nusername_attribute = email\n");
        Change("chown", "postfix", _folder.Combine("lib"));
        Change("chown", "mail:mail", _folder.Combine("mail"));
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        File.WriteAllText(CaFile, certificate.ExportCertificatePem());
        File.WriteAllText(_folder.Combine("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task ListeningAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        foreach (var port in _ports.Values)
        {
            while (!await AcceptsAsync(port))
            {
                if (TimeProvider.System.GetElapsedTime(since) > Limit)
                {
                    Assert.Fail($"Nothing listens on port {port}.\n{Log}");
                }

                await Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Box(int number) => string.Create(CultureInfo.InvariantCulture, $"box{number}@crm.test");

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    private static byte[] WithCrLf(byte[] mail)
    {
        var lines = new List<byte>(mail.Length + (mail.Length / 50));
        foreach (var octet in mail)
        {
            if (octet == '\n')
            {
                lines.Add((byte)'\r');
            }

            lines.Add(octet);
        }

        return [.. lines];
    }

    private static void Change(string program, string to, string folder)
    {
        using var change = Process.Start(program, [to, folder]);
        change.WaitForExit();
        change.ExitCode.ShouldBe(0);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Daemons keep what they inherit: with pipes this would wait for their end.
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        process.ExitCode.ShouldBe(0, string.Create(CultureInfo.InvariantCulture, $"{program} {string.Join(' ', arguments)}"));
    }
}

/// <summary>Ways in: how TLS starts, and which mechanism is offered behind it.</summary>
internal enum MailDoor
{
    StartTlsScram,
    ImplicitPlain,
    StartTlsLogin,
    StartTlsXoauth2,
    ImplicitOauthbearer,
}
