using System.Text;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Core.Rendering.Templates;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Rendering;

public sealed class DefaultTemplateTests
{
    private static readonly (ConnectorTraits Traits, string Part)[] Read =
        [(Notes.Email, "subject"), (Notes.Salesforce, "case-comment"), (Notes.Zendesk, "internal-note")];

    public static TheoryData<string> Samples => [.. Notes.SampleNames];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_reads_as_approved(string sample)
    {
        var session = Notes.Sample(sample);

        Approved.Match(sample, string.Join("\n\n", Read.Select(one => $"==== {one.Traits.Kind.ToLowerInvariant()}/{one.Part}\n{Part(session, one.Traits, one.Part)}")));
    }

    [Theory]
    [InlineData("call-70112")]
    [InlineData("chat-5203")]
    public void A_mail_reads_as_approved(string sample)
    {
        Approved.Match($"{sample}.mail", Part(Notes.Sample(sample), Notes.Email, "body"));
    }

    [Fact]
    public void A_later_revision_says_what_changed()
    {
        var note = Notes.Renderer().Render(Notes.Request(Notes.Sample("call-70112"), Notes.Salesforce, Notes.Sample("first-export/call-70112")));

        note.Problem.ShouldBeNull();
        Approved.Match("call-70112.revision", note.Part("case-comment").ShouldNotBeNull());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_part_of_every_kind_renders_and_fits(string sample)
    {
        foreach (var traits in Notes.Kinds)
        {
            var note = Notes.Renderer().Render(Notes.Request(Notes.Sample(sample), traits));

            note.Problem.ShouldBeNull();
            note.Parts.Keys.ShouldBe(traits.NoteParts.Select(part => part.Name));
            note.Parts.Where(part => part.Key is not "body").ShouldAllBe(part => Encoding.UTF8.GetByteCount(part.Value) <= 4_000);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void With_redaction_no_number_address_or_identifier_is_in_any_part(string sample)
    {
        var redactor = new Redactor(new RedactionOptions { Phone = RedactionMode.Remove, Email = RedactionMode.Remove, Identifier = RedactionMode.Remove });
        var session = Notes.Sample(sample);
        var secrets = session.Participants.SelectMany(party => new[] { party.PhoneNumber, party.Email })
            .Append(session.EndUser?.Identifier)
            .Append(session.OutboundNumber)
            .OfType<string>()
            .Where(secret => secret.Length > 4);

        var parts = Notes.Kinds.SelectMany(traits => Notes.Renderer(redactor: redactor).Render(Notes.Request(session, traits)).Parts.Values).ToList();

        secrets.ShouldAllBe(secret => parts.All(part => !part.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_shipped_templates_have_nothing_to_complain_about()
    {
        var review = TemplateReview.Of(Notes.ShippedTemplates, [.. Notes.Kinds.Select(traits => (traits.Kind.ToLowerInvariant(), traits))]);

        review.Problems.ShouldBeEmpty();
        review.Warnings.ShouldBeEmpty();
    }

    private static string Part(SessionMetadata session, ConnectorTraits traits, string part)
    {
        var note = Notes.Renderer().Render(Notes.Request(session, traits));
        note.Problem.ShouldBeNull();
        return note.Part(part).ShouldNotBeNull();
    }
}
