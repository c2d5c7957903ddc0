using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;
using CrmSync.Tests.Connectors.Shared;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceMailWitnessTests : SalesforceConnectorTest
{
    [Theory]
    [InlineData("<0f3a@centre.example>")]
    [InlineData("0f3a@centre.example")]
    public async Task A_mail_that_email_to_case_took_in_is_known_by_its_message_id(string identifier)
    {
        var @case = Org.AddCase();
        var mail = Org.Add("EmailMessage", ("ParentId", @case), ("MessageIdentifier", identifier), ("Incoming", true));

        var answers = await LookAsync("<0f3a@centre.example>", "<0f3b@centre.example>");

        answers[0].ShouldBeOfType<ProbeAnswer.Found>().Receipt.ShouldBe(new Receipt(@case, mail, Url: new Uri(Org.Address, @case).AbsoluteUri));
        answers[1].ShouldBeOfType<ProbeAnswer.Absent>();
    }

    [Fact]
    public async Task One_call_looks_for_a_hundred_mails()
    {
        await LookAsync("<warm-up@centre.example>");
        var before = Org.Requests.Total;

        await LookAsync([.. Enumerable.Range(0, 100).Select(i => $"<{i}@centre.example>")]);

        (Org.Requests.Total - before).ShouldBe(1);
    }

    [Fact]
    public async Task While_salesforce_is_down_nothing_is_decided()
    {
        Org.Faults.Add(new FaultRule(Fault.Refuse(503), "GET"));

        (await Clock.PassUntilAsync(LookAsync("<0f3a@centre.example>"))).ShouldHaveSingleItem().ShouldBeOfType<ProbeAnswer.CannotTell>();
    }

    [Fact]
    public async Task Without_email_to_case_a_person_decides()
    {
        await using var org = await SalesforceSimulator.StartAsync(new OrgOptions { EmailToCase = false }, new SimulatorOptions { Clock = Clock }, Cancel);
        var settings = Settings();
        settings.Url = org.Address;

        var answers = await LookAsync(Connect(settings), "<0f3a@centre.example>");

        answers.ShouldHaveSingleItem().ShouldBeOfType<ProbeAnswer.NeverTells>().Fault.Reason.Code.ShouldBe("HELD_IN_DOUBT");
    }

    private Task<IReadOnlyList<ProbeAnswer>> LookAsync(params string[] messageIds) => LookAsync(Connector, messageIds);

    private Task<IReadOnlyList<ProbeAnswer>> LookAsync(IConnector connector, params string[] messageIds)
    {
        var parcel = new Parcel(
            Shipment("thread::abc1::"),
            new TicketRef("mailbox", "thread::abc1::"),
            new Note(new Dictionary<string, string>(StringComparer.Ordinal), "en"),
            new Attachment("call-101-9f86d081884c.json", "application/json", ReadOnlyMemory<byte>.Empty));
        return connector.ShouldBeAssignableTo<IMailWitness>()!.LookForAsync([.. messageIds.Select(id => new SentMail(id, parcel))], Cancel);
    }
}
