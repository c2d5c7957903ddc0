using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Shared;
using CrmSync.Tests.Connectors.Shared;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>What is sent again by the client itself, and what never is.</summary>
public sealed class SalesforceReadTests : SalesforceConnectorTest
{
    [Fact]
    public async Task A_query_without_an_answer_is_asked_again()
    {
        var number = Org.Record(Org.AddCase()).Fields["CaseNumber"] as string;
        Org.Faults.Once(Fault.DropBefore, "GET", "*/queryAll");
        Org.Faults.Once(Fault.Refuse(503), "GET", "*/queryAll");

        var resolution = await Clock.PassUntilAsync(ResolveAsync(number));

        resolution.ShouldBeOfType<Resolution.Found>();
    }

    [Fact]
    public async Task A_lost_token_answer_is_asked_for_again()
    {
        Org.Faults.Once(Fault.DropAfter, "POST", "*/token");

        await Clock.PassUntilAsync(DeliveredAsync(Parcel(Org.AddCase())));

        Org.Requests.Count("POST", "/token").ShouldBe(2);
    }

    [Fact]
    public async Task A_query_that_is_refused_is_not_asked_again()
    {
        Org.Faults.Add(new FaultRule(Fault.Refuse(429), "GET", "*/queryAll"));

        (await ResolveAsync("00001026")).ShouldBeOfType<Resolution.Failed>();

        Org.Requests.Count("GET", "/queryAll").ShouldBe(1);
    }

    [Fact]
    public async Task A_write_without_an_answer_is_never_sent_again_here()
    {
        Org.Faults.Once(Fault.DropAfter, "POST", "*/composite/graph");

        (await DeliverAsync(Parcel(Org.AddCase()))).ShouldBeOfType<Outcome.InDoubt>();

        Org.Requests.Count("POST", "/composite/graph").ShouldBe(1);
    }
}
