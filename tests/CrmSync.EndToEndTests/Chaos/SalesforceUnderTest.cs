using System.Text.Json.Nodes;
using CrmSync.Simulators.Platform;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;

namespace CrmSync.EndToEndTests.Chaos;

internal sealed class SalesforceUnderTest(SalesforceSimulator salesforce) : TestCrm
{
    /// <summary>Fewer than the connector's default, so that more calls are under way when a worker dies.</summary>
    private const int GraphsMax = 10;

    public override string Name => "salesforce";

    public override SimulatorHost Host => salesforce.Host;

    public override string WriteMethod => "POST";

    public override string WriteRoute => "/services/data";

    public override double WritesPerSession => 1.0 / GraphsMax;

    public static async Task<SalesforceUnderTest> StartAsync(int seed, IReadOnlyList<GeneratedSession> sessions, bool guarded, CancellationToken cancel)
    {
        var org = new OrgOptions { UniqueKeys = guarded, DailyApiCallsMax = 10_000_000 };
        var salesforce = await SalesforceSimulator.StartAsync(org, new SimulatorOptions { Seed = seed }, cancel);
        foreach (var id in sessions.Select(session => session.TicketId!).Distinct(StringComparer.Ordinal))
        {
            salesforce.Adopt(id);
        }

        return new SalesforceUnderTest(salesforce);
    }

    public override JsonObject Connector()
    {
        var connector = JsonNode.Parse(
            """
            {
              "Kind": "Salesforce", "ClientId": "crmsync-client", "ClientSecret": "crmsync-secret",
              "Hosts": [ "northgate.my.salesforce.example" ], "Linger": "00:00:00", "Timeout": "00:00:05"
            }
            """)!.AsObject();
        connector["Url"] = salesforce.Address.ToString();
        connector["GraphsMax"] = GraphsMax;
        return connector;
    }

    public override CrmContent Content()
    {
        var records = salesforce.Records.Where(record => record.Notes.Count + record.Files.Count > 0).ToList();
        return new CrmContent(
            [.. records.SelectMany(record => record.Files.Select(file => LandedFile.Of(file.Path, record.Id, file.Bytes)))],
            records.ToDictionary(record => record.Id, record => record.Notes.Count, StringComparer.Ordinal));
    }

    public override ValueTask DisposeAsync() => salesforce.DisposeAsync();
}
