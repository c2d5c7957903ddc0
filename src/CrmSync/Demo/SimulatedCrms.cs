using System.Globalization;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Smtp;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Demo;

/// <summary>A Salesforce org, a Zendesk account and a mail server on 127.0.0.1, and the settings that reach them.</summary>
internal sealed class SimulatedCrms : IAsyncDisposable
{
    private const string ClientId = "crmsync-demo";
    private const string ClientSecret = "demo-secret";
    private const string SurfacePath = "_sim/";

    private SimulatedCrms(SalesforceSimulator salesforce, ZendeskSimulator zendesk, SimulatorHost zendeskHost, SmtpSimulator mail, SimulatorHost mailHost)
    {
        Salesforce = salesforce;
        Zendesk = zendesk;
        ZendeskHost = zendeskHost;
        Mail = mail;
        MailHost = mailHost;
    }

    public SalesforceSimulator Salesforce { get; }

    public ZendeskSimulator Zendesk { get; }

    public SimulatorHost ZendeskHost { get; }

    public SmtpSimulator Mail { get; }

    /// <summary>Shows the mails that arrived over HTTP.</summary>
    public SimulatorHost MailHost { get; }

    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<SimulatedCrms> StartAsync(SimulatorPorts ports, TimeProvider clock, CancellationToken cancel)
    {
        var org = new OrgOptions { ClientId = ClientId, ClientSecret = ClientSecret };
        var salesforce = await SalesforceSimulator.StartAsync(org, new SimulatorOptions { Port = ports.Salesforce, Clock = clock }, cancel);
        var zendesk = new ZendeskSimulator(new ZendeskSettings { Clients = [new ZendeskOAuthClient(ClientId, ClientSecret)] }, clock);
        var zendeskHost = await SimulatorHost.StartAsync(zendesk, new SimulatorOptions { Port = ports.Zendesk, Clock = clock }, cancel);
        var mail = SmtpSimulator.Start(new SmtpSimulatorOptions { Port = ports.Smtp, Clock = clock });
        var mailHost = await MailReadBack.StartAsync(mail, new SimulatorOptions { Port = ports.MailHttp, Clock = clock }, cancel);
        return new SimulatedCrms(salesforce, zendesk, zendeskHost, mail, mailHost);
    }

    /// <summary>Every call takes this much longer.</summary>
    public void SetLatency(TimeSpan latency)
    {
        Mail.Behaviour.Latency = latency;
        if (latency > TimeSpan.Zero)
        {
            Salesforce.Faults.Add(new FaultRule(Fault.Slow(latency)));
            ZendeskHost.Faults.Add(new FaultRule(Fault.Slow(latency)));
        }
    }

    /// <summary>Makes the record with this id, where it has the form of one of the two CRMs.</summary>
    public void Provide(string id)
    {
        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var ticket))
        {
            Zendesk.Desk.AddTicket(ticket);
        }
        else
        {
            Salesforce.Adopt(id);
        }
    }

    /// <summary>Connector sections for the three, named <c>salesforce</c>, <c>zendesk</c> and <c>records-mailbox</c>.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ConnectorSettings() =>
    [
        new("Connectors:salesforce:Kind", "Salesforce"),
        new("Connectors:salesforce:Url", Salesforce.Address.ToString()),
        new("Connectors:salesforce:ClientId", ClientId),
        new("Connectors:salesforce:ClientSecret", ClientSecret),
        new("Connectors:zendesk:Kind", "Zendesk"),
        new("Connectors:zendesk:Url", ZendeskHost.Address.ToString()),
        new("Connectors:zendesk:ClientId", ClientId),
        new("Connectors:zendesk:ClientSecret", ClientSecret),
        new("Connectors:records-mailbox:Kind", "Email"),
        new("Connectors:records-mailbox:Smtp:Host", "127.0.0.1"),
        new("Connectors:records-mailbox:Smtp:Port", Mail.Port.ToString(CultureInfo.InvariantCulture)),
        new("Connectors:records-mailbox:Smtp:Security", "None"),
        new("Connectors:records-mailbox:From", "crmsync@contact-centre.example"),
        new("Connectors:records-mailbox:To", "records@support.example"),
    ];

    /// <summary>By connector: where its CRM tells what it holds and how often it was called, and takes faults.</summary>
    public IReadOnlyDictionary<string, Uri> Surfaces() => new Dictionary<string, Uri>(StringComparer.Ordinal)
    {
        [Landed.Salesforce] = new(Salesforce.Address, SurfacePath),
        [Landed.Zendesk] = new(ZendeskHost.Address, SurfacePath),
        [Landed.Mailbox] = new(MailHost.Address, SurfacePath),
    };

    public async ValueTask DisposeAsync()
    {
        await Salesforce.DisposeAsync();
        await ZendeskHost.DisposeAsync();
        await MailHost.DisposeAsync();
        await Mail.DisposeAsync();
    }
}

/// <summary>0 for any free port.</summary>
internal sealed record SimulatorPorts(int Salesforce = 0, int Zendesk = 0, int Smtp = 0, int MailHttp = 0);
