using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Simulators.Zendesk;
using CrmSync.Tests.Connectors.Shared;
using CrmSync.Tests.Sessions;
using Microsoft.Extensions.Time.Testing;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskExtrasTests
{
    private static readonly ZendeskSettings Settings = new()
    {
        Tickets = [.. Enumerable.Range(101, 9)],
        Users = [new(55, "Ana Agent", "ana@example.com", "agent"), new(56, "Ana Customer", "ana.c@example.com", "end-user"), new(57, "Ben", "ben@example.com", "agent", Suspended: true)],
        Fields = [new(360001, "Disposition", "tagger", ["billing_refund"]), new(360002, "Rating", "text", [])],
    };

    private static readonly DeliveryKey OtherKey = DeliveryKey.For("test", ZendeskConnectorBench.Parcel(101).Session.Key, "another content");

    [Fact]
    public async Task Custom_fields_take_what_their_templates_say_and_nothing_when_they_say_nothing()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings, options: [("CustomFields:0", "360001"), ("CustomFields:1", "360002")]);
        bench.Connector.Traits.NoteParts.Select(part => part.Name).ShouldBe(["internal-note", "field-360001", "field-360002"]);

        await bench.DeliverAsync(With(ZendeskConnectorBench.Parcel(101), ("field-360001", " billing_refund\n"), ("field-360002", " \n")));

        bench.Desk.Ticket(101).CustomFields.ShouldBe(new Dictionary<long, string?> { [360001] = "billing_refund" });
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task Tags_are_added_to_those_that_are_there(string mode)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings, options: [("Tags", "true"), ("Mode", mode), ("MarkerTag", "false")]);
        bench.Desk.AddTags(101, "vip");

        await bench.DeliverAsync(With(ZendeskConnectorBench.Parcel(101), ("tags", "Billing refund billing")));

        bench.Desk.Ticket(101).Tags.ShouldBe(["billing", "refund", "vip"]);
    }

    [Theory]
    [InlineData("ana@example.com", 55)]
    [InlineData("ANA@example.com", 55)]
    [InlineData("ana.c@example.com", 900001)]
    [InlineData("ben@example.com", 900001)]
    [InlineData("nobody@example.com", 900001)]
    public async Task The_agent_is_the_author_if_Zendesk_knows_them_as_an_agent(string email, long author)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings, options: ("AuthorFromAgent", "true"));

        await bench.DeliverAsync(By(email, 101));
        await bench.DeliverAsync(By(email, 102));

        bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem().AuthorId.ShouldBe(author);
        bench.Desk.Ticket(102).Comments.ShouldHaveSingleItem().AuthorId.ShouldBe(author);
        bench.Host.Requests.Count("GET", "/users/search").ShouldBe(1);
    }

    [Theory]
    [InlineData("true", "redacted.txt")]
    [InlineData("false", "old.json")]
    public async Task A_revision_is_a_note_of_its_own_and_blanks_the_old_file_only_if_told(string redact, string expected)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings, options: ("RedactPrevious", redact));
        var old = ZendeskConnectorBench.Parcel(101);
        var first = await bench.DeliverAsync(old with { Attachment = old.Attachment with { FileName = "old.json" } });
        var next = ZendeskConnectorBench.Parcel(101, session: 1);

        await bench.DeliverAsync(next with
        {
            Shipment = next.Shipment with { Delivery = next.Delivery with { Revision = 2, Replaces = ((Outcome.Delivered)first).Receipt } },
        });

        var comments = bench.Desk.Ticket(101).Comments;
        comments.Count.ShouldBe(2);
        comments[0].Attachments.ShouldHaveSingleItem().FileName.ShouldBe(expected);
        comments[1].Attachments.ShouldHaveSingleItem().FileName.ShouldBe(next.Attachment.FileName);
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task The_file_to_blank_is_found_by_its_name_where_no_answer_told_its_id(string mode)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings, options: [("RedactPrevious", "true"), ("Mode", mode)]);
        var old = ZendeskConnectorBench.Parcel(101);
        await bench.DeliverAsync(old);
        var next = old with
        {
            Shipment = old.Shipment with { Delivery = old.Delivery with { Revision = 2, Key = OtherKey, Replaces = new Receipt("101") } },
            Attachment = old.Attachment with { FileName = $"{old.Session.Key.Local}-{OtherKey.Marker}.json" },
        };

        await bench.DeliverAsync(next);

        bench.Desk.Ticket(101).Comments.Select(comment => comment.Attachments.ShouldHaveSingleItem().FileName)
            .ShouldBe(["redacted.txt", next.Attachment.FileName]);
    }

    [Fact]
    public async Task What_should_have_followed_a_note_whose_answer_was_lost_follows_the_probe()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings, options: [("Tags", "true"), ("Mode", "OneByOne")]);
        var parcel = With(ZendeskConnectorBench.Parcel(101), ("tags", "billing"));
        bench.Faults.Once(Fault.DropAfter, "PUT", "/api/v2/tickets/101");
        await bench.DeliverAsync(parcel);

        await bench.ProbeAsync(parcel);

        bench.Desk.Ticket(101).Tags.ShouldBe(["billing"]);
    }

    [Fact]
    public async Task A_redaction_that_meets_another_one_is_repeated_after_fifteen_seconds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings, clock: clock, options: [("RedactPrevious", "true"), ("Mode", "OneByOne"), ("Timeout", "00:02:00"), ("Settle", "00:02:00")]);
        var first = (Outcome.Delivered)await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.RedactionRunning), "PUT", "*/redact");
        var next = ZendeskConnectorBench.Parcel(101, session: 1);

        var outcome = await clock.PassUntilAsync(bench.DeliverAsync(next with
        {
            Shipment = next.Shipment with { Delivery = next.Delivery with { Revision = 2, Replaces = first.Receipt } },
        }));

        outcome.ShouldBeOfType<Outcome.Delivered>();
        bench.Host.Requests.Count("PUT", "/redact").ShouldBe(2);
        bench.Desk.Ticket(101).Comments[0].Attachments.ShouldHaveSingleItem().FileName.ShouldBe("redacted.txt");
    }

    [Fact]
    public async Task A_file_type_that_the_account_does_not_take_is_named_and_txt_helps()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings with { FileTypes = [".txt"] });
        await using var asText = await ZendeskConnectorBench.StartAsync(Settings with { FileTypes = [".txt"] }, options: ("AttachmentExtension", "txt"));

        (await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101))).ShouldBeOfType<Outcome.Refused>().Fault.Reason.ShouldBe(ReasonCodes.FileTypeRefused);
        (await asText.DeliverAsync(ZendeskConnectorBench.Parcel(101))).ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task A_file_can_be_sent_as_text_where_json_is_not_allowed()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(Settings, options: ("AttachmentExtension", "txt"));
        var parcel = ZendeskConnectorBench.Parcel(101);

        await bench.DeliverAsync(parcel);

        bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem().Attachments.ShouldHaveSingleItem()
            .FileName.ShouldBe(Path.ChangeExtension(parcel.Attachment.FileName, "txt"));
    }

    private static Parcel With(Parcel parcel, params (string Name, string Text)[] parts)
    {
        var all = parcel.Note.Parts.ToDictionary(StringComparer.Ordinal);

        foreach (var (name, text) in parts)
        {
            all[name] = text;
        }

        return parcel with { Note = new Note(all, "en") };
    }

    private static Parcel By(string email, long ticket)
    {
        var parcel = ZendeskConnectorBench.Parcel(ticket);
        var session = SessionText.Call($$"""
            "agent_info":{"id":1,"name":"Ana","email":"{{email}}"}
            """);
        return parcel with { Shipment = parcel.Shipment with { Session = session } };
    }
}
