using System.Globalization;

namespace CrmSync.Demo;

/// <summary>The worker's settings in the demo: everything below one scratch folder, nothing settles, nothing lingers.</summary>
internal static class DemoSettings
{
    public const string Instance = "demo";

    public static IConfiguration Create(SimulatedCrms crms, DemoSessions sessions, string folder, string scratch, int? consolePort) => new ConfigurationBuilder()
        .AddInMemoryCollection(
        [
            .. crms.ConnectorSettings(),
            new("Connectors:salesforce:Linger", "00:00:00"),
            new("Connectors:zendesk:Linger", "00:00:00"),
            new("Connectors:zendesk:JobPoll", "00:00:00.100"),
            new("Connectors:records-mailbox:MailsPerTicketAndHourMax", "1000000"),
            .. Hosts(Landed.Salesforce, sessions),
            .. Hosts(Landed.Zendesk, sessions),
            new("Sources:samples:Kind", "Folder"),
            new("Sources:samples:Path", folder),
            new("Sources:samples:Instance", Instance),
            new("Sources:samples:SettleAfter", "00:00:00"),
            new("Sources:samples:StableFor", "00:00:00"),
            new("Sources:samples:Every", "00:00:02"),
            .. Route(0, "salesforce cases", "session.out_ticket_id | string.starts_with \"500\"", Landed.Salesforce, Landed.Mailbox),
            .. Route(1, "zendesk tickets", "session.out_ticket_id | regex.match \"^[0-9]+$\" | array.size > 0", Landed.Zendesk, Landed.Mailbox),
            .. Route(2, "no ticket", string.Empty, Landed.Mailbox),
            new("Ledger:Path", Path.Combine(scratch, "crmsync.db")),
            new("Console:Enabled", consolePort is null ? "false" : "true"),
            new("Console:Url", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{consolePort ?? 0}")),
            new("Http:ControlFile", Path.Combine(scratch, "control.json")),
        ])
        .Build();

    // The sessions' links point at the hosts of invented tenants; the simulators stand in for those.
    private static IEnumerable<KeyValuePair<string, string?>> Hosts(string connector, DemoSessions sessions) => sessions.Newest
        .Select(session => session.OutTicket?.Host)
        .OfType<string>()
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Select((host, i) => KeyValuePair.Create<string, string?>(string.Create(CultureInfo.InvariantCulture, $"Connectors:{connector}:Hosts:{i}"), host));

    private static IEnumerable<KeyValuePair<string, string?>> Route(int place, string name, string when, params string[] connectors) =>
    [
        new($"Routes:{place}:Name", name),
        new($"Routes:{place}:When", when),
        .. connectors.Select((connector, i) => KeyValuePair.Create<string, string?>(string.Create(CultureInfo.InvariantCulture, $"Routes:{place}:Connectors:{i}"), connector)),
    ];
}
