using System.Text;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Core.Sessions;
using CrmSync.Tests.Sessions;

namespace CrmSync.Tests.Rendering;

public sealed class PackerTests
{
    private const string Customer = """
        "outbound_number":"+12025550147","feedback":"call +1 202-555-0147","end_user":{"identifier":"ines.vidal@example.org"},
        "dispositions":[{"note":"mail ines.vidal@example.org"}]
        """;

    [Fact]
    public void The_platforms_own_bytes_are_attached_under_a_name_with_the_marker()
    {
        var session = SessionText.Call(Customer);

        var attachment = Pack(session, new RedactionOptions { Phone = RedactionMode.Remove }).Attachment;

        attachment.FileName.ShouldBe($"call-48211-{Notes.Key.Marker}.json");
        attachment.ContentType.ShouldBe("application/json");
        attachment.Content.Equals(session.Bytes).ShouldBeTrue();
    }

    [Fact]
    public void With_redaction_of_the_attachment_no_personal_data_leaves_in_note_or_file()
    {
        var parcel = Pack(SessionText.Call(Customer), new RedactionOptions
        {
            Phone = RedactionMode.Remove,
            Email = RedactionMode.Remove,
            Identifier = RedactionMode.Remove,
            Attachment = true,
        });

        foreach (var text in parcel.Note.Parts.Values.Append(Encoding.UTF8.GetString(parcel.Attachment.Content.Span)))
        {
            text.ShouldNotContain("0147");
            text.ShouldNotContain("ines.vidal");
        }
    }

    [Fact]
    public void A_note_of_a_later_revision_says_what_changed_since_the_one_delivered_before()
    {
        var (before, now) = (SessionText.Call("\"rating\":2"), SessionText.Call("\"rating\":5"));

        var first = Pack(now, new RedactionOptions()).Note.Parts.Values;
        var second = Pack(now, new RedactionOptions(), before).Note.Parts.Values;

        first.ShouldAllBe(text => !text.Contains("Changed since the last note", StringComparison.Ordinal));
        second.ShouldContain(text => text.Contains("Changed since the last note", StringComparison.Ordinal));
    }

    private static Parcel Pack(SessionMetadata session, RedactionOptions options, SessionMetadata? previous = null)
    {
        var redactor = new Redactor(options);
        var delivery = new Delivery(1, session.Key, 1, "salesforce-eu", Notes.Key, DeliveryState.Ready, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        return new Packer(Notes.Renderer(redactor: redactor), redactor).Pack(
            new Shipment(delivery, session) { Previous = previous }, new TicketRef("Case", "500"), Notes.Salesforce);
    }
}
