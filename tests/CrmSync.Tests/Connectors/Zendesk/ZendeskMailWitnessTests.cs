using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Shared;
using CrmSync.Tests.Sessions;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskMailWitnessTests
{
    private const string MessageId = "<0f3a@centre.example>";

    [Fact]
    public async Task A_note_that_came_by_mail_is_known_by_the_message_id_in_its_last_line()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Desk.Comment(101, "Refund promised.\n\n--\ncall-101 · <0f3a@centre.example>");

        var receipt = (await LookAsync(bench, 101)).ShouldBeOfType<ProbeAnswer.Found>().Receipt;

        receipt.RecordId.ShouldBe("101");
        receipt.NoteId.ShouldBe($"{bench.Desk.Ticket(101).Comments[^1].Id}");
        receipt.Url.ShouldNotBeNull().ShouldEndWith("agent/tickets/101");
    }

    [Fact]
    public async Task A_note_that_came_by_mail_is_known_by_the_name_of_its_file()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        (await LookAsync(bench, 101)).ShouldBeOfType<ProbeAnswer.Found>();
    }

    [Fact]
    public async Task Other_notes_on_the_ticket_are_not_taken_for_it()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Desk.Comment(101, "call-101 · <0f3b@centre.example>");

        (await LookAsync(bench, 101)).ShouldBeOfType<ProbeAnswer.Absent>();
        (await LookAsync(bench, 999)).ShouldBeOfType<ProbeAnswer.Absent>("Zendesk has no such ticket, so no note is on it.");
    }

    [Fact]
    public async Task While_zendesk_is_down_nothing_is_decided()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.Refuse(503, TimeSpan.FromSeconds(90)), "GET");

        (await LookAsync(bench, 101)).ShouldBeOfType<ProbeAnswer.CannotTell>().NotBefore.ShouldBe(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task A_session_without_a_zendesk_ticket_is_a_matter_for_a_person()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        var parcel = ZendeskConnectorBench.Parcel(101);
        var elsewhere = parcel with
        {
            Shipment = parcel.Shipment with { Session = SessionText.Session("""{"id":7,"call_type":"Voice Inbound","out_ticket_id":"INC0010023"}""") },
        };

        (await LookAsync(bench, elsewhere)).ShouldBeOfType<ProbeAnswer.NeverTells>().Fault.Reason.Code.ShouldBe("HELD_IN_DOUBT");
    }

    private static Task<ProbeAnswer> LookAsync(ZendeskConnectorBench bench, long ticket) => LookAsync(bench, ZendeskConnectorBench.Parcel(ticket));

    private static async Task<ProbeAnswer> LookAsync(ZendeskConnectorBench bench, Parcel parcel) =>
        (await bench.Connector.ShouldBeAssignableTo<IMailWitness>()!.LookForAsync(
            [new SentMail(MessageId, parcel)], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
}
