using System.Text.Json.Nodes;
using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests;

/// <summary>The platform writes a chat's file anew once the customer has rated it: what that leads to on the Zendesk ticket.</summary>
public sealed class ZendeskRevisionTests
{
    private const string Sample = "chat-5203.json";
    private const long Ticket = 41877;
    private const string Heading = "Cambios desde la última nota";

    [Theory]
    [InlineData("false", "chat-5203-")]
    [InlineData("true", "redacted.txt")]
    public async Task The_second_note_says_what_changed_and_the_first_file_is_blanked_only_if_told(string redact, string firstFile)
    {
        await using var stage = await ZendeskWorkerStage.BuildAsync(
            seed: 1, sessions: 0, perTicket: 1, ("Hosts:1", "northlake.zendesk.example"), ("RedactPrevious", redact));
        stage.Desk.AddTicket(Ticket);
        var complete = File.ReadAllText(Repository.Combine("samples", "sessions", Sample));
        stage.Write(Sample, Unrated(complete));
        await stage.PickUpAsync();
        await stage.RunAsync(connector => connector);

        stage.Write(Sample, complete);
        await stage.PickUpAsync();
        await stage.RunAsync(connector => connector);

        var comments = stage.Desk.Ticket(Ticket).Comments;
        comments.Count.ShouldBe(2);
        comments[0].Html.ShouldNotContain(Heading);
        comments[1].Html.ShouldContain(Heading);
        comments[1].Html[comments[1].Html.IndexOf(Heading, StringComparison.Ordinal)..].ShouldContain("Muy amable, resuelto enseguida.");
        comments[0].Attachments.ShouldHaveSingleItem().FileName.ShouldStartWith(firstFile);
        comments[1].Attachments.ShouldHaveSingleItem().Content.ShouldBe(System.Text.Encoding.UTF8.GetBytes(complete));
        comments.ShouldAllBe(comment => !comment.Public);
    }

    private static string Unrated(string complete)
    {
        var session = JsonNode.Parse(complete)!.AsObject();
        session.Remove("rating");
        session.Remove("feedback");
        session["updated_at"] = session["ends_at"]!.DeepClone();
        return session.ToJsonString();
    }
}
