using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Bench.EndToEnd;

/// <summary>The worker's settings file: a folder, one route, one connector, and what comes with it; everything else is the default.</summary>
internal static class BenchSettings
{
    public const string Instance = "northgate";

    /// <summary>Two fields of the package, filled as an admin would.</summary>
    public static IReadOnlyDictionary<string, string> CaseFields { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CrmSync_Last_Session__c"] = "{{ session.kind }}-{{ session.id }}",
        ["CrmSync_Last_Contact_At__c"] = "{{ session.ends_at | date.to_string '%FT%T%z' }}",
    };

    /// <summary>Name of the connector, as the simulators know it.</summary>
    public static string NameOf(BenchConnector connector) => connector switch
    {
        BenchConnector.Salesforce => "salesforce",
        BenchConnector.Zendesk => "zendesk",
        _ => "records-mailbox",
    };

    /// <param name="simulated">What the simulators say a connector to them needs.</param>
    public static JsonObject Of(RunPlan plan, IReadOnlyDictionary<string, string> simulated, string? templates)
    {
        var name = NameOf(plan.Connector);
        var settings = new JsonObject
        {
            ["Sources:inbox:Kind"] = "Folder",
            ["Sources:inbox:Path"] = Scratch.InboxName,
            ["Sources:inbox:Instance"] = Instance,
            ["Sources:inbox:StableFor"] = "00:00:00",
            ["Routes:0:Name"] = "everything",
            ["Routes:0:Connectors:0"] = name,
            ["Ledger:Path"] = Scratch.LedgerName,
            ["Console:Url"] = "http://127.0.0.1:0",
        };
        if (templates is not null)
        {
            settings["Notes:TemplatesFolder"] = templates;
        }

        var prefix = $"Connectors:{name}:";
        foreach (var (key, value) in simulated.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            settings[key] = value;
        }

        foreach (var (key, value) in Own(plan).Concat(plan.ConnectorSettings))
        {
            settings[prefix + key] = value;
        }

        return settings;
    }

    public static string ToText(JsonObject settings) => settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    // The sessions' links name the hosts of invented tenants; the simulators stand in for those.
    private static IEnumerable<KeyValuePair<string, string>> Own(RunPlan plan) => plan.Connector switch
    {
        BenchConnector.Salesforce =>
        [
            new("Hosts:0", SessionFeed.SalesforceHost),
            .. plan.CaseFields.Select(field => new KeyValuePair<string, string>($"CaseFields:{field.Key}", field.Value)),
        ],
        BenchConnector.Zendesk => [new("Hosts:0", SessionFeed.ZendeskHost), new("JobPoll", "00:00:00.100")],
        _ => [new("MailsPerTicketAndHourMax", "1000000"), new("MailsPerHourMax", "0")],
    };
}
