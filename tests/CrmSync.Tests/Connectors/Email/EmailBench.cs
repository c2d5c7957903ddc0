using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrmSync.Connectors.Email;
using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Mail.Smtp;
using CrmSync.Simulators.Smtp;
using CrmSync.Tests.Deliveries;
using CrmSync.Tests.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connectors.Email;

/// <summary>A mail server, and connectors that send to it.</summary>
internal sealed class EmailBench : IAsyncDisposable
{
    public static readonly byte[] File = Encoding.UTF8.GetBytes("{\"id\":48211,\"note\":\"ü — 日本 \\u0000\"}\r\n\n");

    private static readonly X509Certificate2 Certificate = SmtpSimulator.MakeCertificate(["localhost"], TimeProvider.System);

    private readonly List<EmailConnector> _connectors = [];
    private readonly string _caFile = Path.GetTempFileName();

    public EmailBench()
    {
        Server = SmtpSimulator.Start(new SmtpSimulatorOptions
        {
            Certificate = Certificate,
            Users = new Dictionary<string, string>(StringComparer.Ordinal) { ["crmsync"] = "s3cret" },
            Tokens = ["fresh-token"],
        });
        System.IO.File.WriteAllText(_caFile, Server.Certificate.ExportCertificatePem());
    }

    public SmtpSimulator Server { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero));

    public EmailOptions Options(string preset = "Mailbox") => new()
    {
        Preset = preset,
        From = "CrmSync <crmsync@example.com>",
        To = "records@crm.example",
        Tag = preset == "RequestTracker" ? "crm.test" : null,
        Smtp = new EmailSmtpOptions
        {
            Host = "127.0.0.1",
            Port = Server.Port,
            User = "crmsync",
            Password = new Secret("s3cret"),
            CaFile = _caFile,
            Revocation = SmtpRevocation.Off,
            Timeout = TimeSpan.FromSeconds(20),
        },
    };

    public EmailConnector Connector(EmailOptions options, IHttpClientFactory? clients = null, IMailWitness? witness = null)
    {
        // Mail goes out over real sockets: its waits are real, only the connector's own times are not.
        var transport = options.Pickup is { Folder: { } folder }
            ? (IMailTransport)new PickupFolderTransport(folder)
            : SmtpTransport.Create(options.Smtp!, TimeProvider.System, () => clients!);
        var connector = new EmailConnector("records", options, transport, Clock, NullLogger.Instance, witness is null ? null : () => witness);
        _connectors.Add(connector);
        return connector;
    }

    public async Task<Outcome> DeliverAsync(EmailOptions options, Parcel? parcel = null) => await DeliverAsync(Connector(options), parcel);

    public static async Task<Outcome> DeliverAsync(EmailConnector connector, Parcel? parcel = null) =>
        (await connector.DeliverAsync([parcel ?? Parcel()], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    public static Parcel Parcel(string ticket = "42", string text = "The customer called.\n", string? html = "<p>The customer called.</p>") => new(
        Shipment($"\"out_ticket_id\":\"{ticket}\""),
        new TicketRef("mailbox", ticket),
        new Note(Parts(text, html), "en"),
        new Attachment("call-48211-9f86d081884c.json", "application/json", File));

    public static Shipment Shipment(string keys) => new(Some.Delivery, SessionText.Call(keys));

    public static async Task<Resolution> ResolveAsync(EmailConnector connector, string keys) =>
        (await connector.ResolveAsync([Shipment(keys)], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    public ReceivedMail Mail => Server.Mails.ShouldHaveSingleItem();

    public string MailText => Encoding.ASCII.GetString(Mail.Content);

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await Server.DisposeAsync();
        System.IO.File.Delete(_caFile);
    }

    private static Dictionary<string, string> Parts(string text, string? html)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal) { ["subject"] = "Call 48211: solved", ["body-text"] = text };
        if (html is not null)
        {
            parts["body"] = html;
        }

        return parts;
    }
}
