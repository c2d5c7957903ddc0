using System.Text.Json.Nodes;
using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests;

/// <summary>
/// The platform writes a call's file anew when the agent has closed the work on it: what that leads to on the Case, through a worker in a
/// process of its own.
/// </summary>
public sealed class SalesforceRevisionTests
{
    private const string Sample = "call-70112.json";
    private const string Case = "500Qy00000Bv3KdIAJ";
    private const string Heading = "Changed since the last note";

    [Theory]
    [InlineData("Edit", "Graph", true, 1)]
    [InlineData("Append", "Graph", true, 2)]
    [InlineData("Edit", "Collections", true, 1)]
    [InlineData("Edit", "Singles", false, 1)]
    public async Task The_note_says_what_changed_and_the_file_gains_a_version(string policy, string transport, bool package, int notes)
    {
        await using var org = await SalesforceSimulator.StartAsync(
            new OrgOptions { Package = package }, new SimulatorOptions(), TestContext.Current.CancellationToken);
        org.Adopt(Case);
        using var folder = new WorkerFolder();
        folder.Write(Settings(org.Address, policy, transport, package));
        folder.Write(Sample, FirstExport());
        await using var worker = WorkerProcess.Start(folder.Path, "run");
        await worker.LineAsync("Delivered test/call-70112 revision 1");
        var before = org.Record(Case);

        folder.Drop(Sample);
        await worker.LineAsync("Delivered test/call-70112 revision 2");

        before.Notes.ShouldHaveSingleItem().Text.ShouldNotContain(Heading);
        var after = org.Record(Case);
        after.Notes.Count.ShouldBe(notes);
        after.Notes[0].Id.ShouldBe(before.Notes[0].Id);
        var changes = after.Notes[^1].Text[after.Notes[^1].Text.IndexOf(Heading, StringComparison.Ordinal)..];
        changes.ShouldContain("Workshop booked");
        changes.ShouldContain("Rear derailleur slips under load.");
        var file = after.Files.ShouldHaveSingleItem();
        (file.Id, file.Versions).ShouldBe((before.Files.ShouldHaveSingleItem().Id, 2));
        file.Bytes.ToArray().ShouldBe(File.ReadAllBytes(Repository.Combine("samples", "sessions", Sample)));
        (await worker.StopAsync()).ShouldBe(0);
    }

    // The agent chose the Case during the call; what is missing is the work afterwards.
    private static string FirstExport()
    {
        var session = JsonNode.Parse(File.ReadAllText(Repository.Combine("samples", "sessions", "first-export", Sample)))!;
        session["out_ticket_id"] = Case;
        session["out_ticket_url"] = $"https://northlake.my.salesforce.example/{Case}";
        return session.ToJsonString();
    }

    private static JsonObject Settings(Uri address, string policy, string transport, bool package)
    {
        var settings = WorkerFolder.MailSettings();
        settings["Routes"]![0]!["Connectors"]![0] = "salesforce";
        settings["Connectors"] = new JsonObject
        {
            ["salesforce"] = new JsonObject
            {
                ["Kind"] = "Salesforce",
                ["Url"] = address.ToString(),
                ["Hosts"] = new JsonArray("northlake.my.salesforce.example"),
                ["ClientId"] = "crmsync-client",
                ["ClientSecret"] = "crmsync-secret",
                ["Linger"] = "00:00:00",
                ["RevisedNote"] = policy,
                ["Transport"] = transport,
                ["Package"] = package,
            },
        };
        return settings;
    }
}
