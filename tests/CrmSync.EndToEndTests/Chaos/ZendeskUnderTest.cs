using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Platform;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.EndToEndTests.Chaos;

internal sealed class ZendeskUnderTest(ZendeskSimulator zendesk, SimulatorHost host, int seed) : TestCrm
{
    public override string Name => "zendesk";

    public override SimulatorHost Host => host;

    public override string WriteMethod => "PUT";

    public override string WriteRoute => "/api/v2/tickets";

    public override double WritesPerSession => IsOneByOne ? 1 : 0.02;

    /// <summary>Odd seeds try single updates, even ones bulk jobs.</summary>
    private bool IsOneByOne => seed % 2 == 1;

    public static async Task<ZendeskUnderTest> StartAsync(int seed, IReadOnlyList<GeneratedSession> sessions, CancellationToken cancel)
    {
        var tickets = sessions.Select(session => long.Parse(session.TicketId!, CultureInfo.InvariantCulture)).Distinct();
        var zendesk = new ZendeskSimulator(new ZendeskSettings { Tickets = [.. tickets] }, TimeProvider.System);
        return new ZendeskUnderTest(zendesk, await SimulatorHost.StartAsync(zendesk, new SimulatorOptions { Seed = seed }, cancel), seed);
    }

    public override JsonObject Connector()
    {
        var connector = JsonNode.Parse(
            """
            {
              "Kind": "Zendesk", "ClientId": "crmsync", "ClientSecret": "sim-secret", "Hosts": [ "northgate.zendesk.example" ],
              "Linger": "00:00:00", "Timeout": "00:00:05", "Settle": "00:00:05", "JobPoll": "00:00:00.100"
            }
            """)!.AsObject();
        connector["Mode"] = IsOneByOne ? "OneByOne" : "Auto";
        connector["Url"] = host.Address.ToString();
        return connector;
    }

    public override CrmContent Content()
    {
        var tickets = zendesk.Desk.Touched();
        return new CrmContent(
            [
                .. from ticket in tickets
                   from comment in ticket.Comments
                   from file in comment.Attachments
                   select LandedFile.Of(file.FileName, Id(ticket), file.Content),
            ],
            tickets.ToDictionary(Id, ticket => ticket.Comments.Count, StringComparer.Ordinal));
    }

    public override ValueTask DisposeAsync() => host.DisposeAsync();

    private static string Id(ZendeskTicketView ticket) => ticket.Id.ToString(CultureInfo.InvariantCulture);
}
