using System.Security.Cryptography.X509Certificates;
using CrmSync.Mail.Mime;
using CrmSync.Mail.Smtp;
using CrmSync.Simulators.Smtp;

namespace CrmSync.Mail.Tests.Smtp;

/// <summary>A simulator, a client that trusts it, and times short enough for tests.</summary>
internal sealed class SmtpBench : IAsyncDisposable
{
    public const string User = "crmsync@example.com";
    public const string Password = "pa55-Wörd, =";

    public static readonly IReadOnlyDictionary<string, string> Users = new Dictionary<string, string>(StringComparer.Ordinal) { [User] = Password };

    public static readonly SmtpTimeouts Patient = new() { Quit = TimeSpan.FromMilliseconds(200) };

    private static readonly X509Certificate2 Certificate = SmtpSimulator.MakeCertificate(["localhost"], TimeProvider.System);

    private readonly List<SmtpClient> _clients = [];

    public SmtpSimulator Server { get; private init; } = null!;

    public static SmtpBench Open(params string[] mechanisms) => new()
    {
        Server = SmtpSimulator.Start(new SmtpSimulatorOptions
        {
            Certificate = Certificate,
            Users = Users,
            Tokens = ["fresh-token"],
            Mechanisms = mechanisms is [] ? new SmtpSimulatorOptions().Mechanisms : mechanisms,
        }),
    };

    public static SmtpBench Open(SmtpSimulatorOptions options) => new() { Server = SmtpSimulator.Start(options) };

    public SmtpOptions Options => new("127.0.0.1", Server.Port, SmtpSecurity.StartTls)
    {
        Credential = new SmtpCredential.Password(User, Password),
        Trust = new SmtpTrust { Roots = [Server.Certificate], Revocation = SmtpRevocation.Off },
        Timeouts = Patient,
    };

    public SmtpClient Client(SmtpOptions? options = null)
    {
        var client = new SmtpClient(options ?? Options, TimeProvider.System);
        _clients.Add(client);
        return client;
    }

    public async Task<SendResult> SendAsync(SmtpOptions? options = null, IMailContent? content = null) =>
        await SendAsync(Client(options), content);

    public static async Task<SendResult> SendAsync(SmtpClient client, IMailContent? content = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        content ??= await MimeMessage.CreateAsync(Some.Mail, signer: null, cancel);
        var results = await client.SendAsync(new SmtpEnvelope(Some.Sender, [Some.Recipient], "k3v9"), content, cancel);
        return results.ShouldHaveSingleItem().Result;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
