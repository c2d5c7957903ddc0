using System.Diagnostics;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Zendesk;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Simulators.Zendesk;

/// <summary>
/// The contract check of the simulator: node-zendesk, the most used client in JavaScript, works against it as it comes from npm.
/// </summary>
public sealed class NodeZendeskTests : IDisposable
{
    private const string Package = "node-zendesk@6.0.1";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("crmsync-node-zendesk-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Node_zendesk_works_against_the_simulator_unmodified()
    {
        var npm = Requires.Program("npm", "install Node.js with npm (Debian: apt-get install npm)");
        var node = Requires.Program("node", "install Node.js (Debian: apt-get install nodejs)");
        await using var bench = await ZendeskBench.StartAsync(new ZendeskSettings
        {
            Tickets = [101, 102, 103],
            Users = [new(55, "Ana Agent", "ana@example.com", "agent")],
        });
        bench.Desk.SetStatus(103, "closed");
        var file = Path.Combine(_scratch.FullName, "session.json");
        await File.WriteAllTextAsync(file, """{"id":1}""", TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Simulators", "Zendesk", "NodeZendesk", "drive.cjs"), Path.Combine(_scratch.FullName, "drive.cjs"));
        await RunAsync(npm, "install", Package, "--no-audit", "--no-fund", "--ignore-scripts", "--silent");

        var token = bench.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        var seen = JsonNode.Parse(await RunAsync(node, "drive.cjs", $"{bench.Host.Address}api/v2", token, "sim-api-token", file))!;

        seen.ToJsonString().ShouldBe(JsonNode.Parse("""
            {
              "me": "admin",
              "search": 1,
              "updated": 101,
              "created": { "status": 201, "subject": "Made by node" },
              "comments": [{ "public": false, "files": ["session 1.json"] }],
              "audit": ["node"],
              "list": 4,
              "showMany": [101, 102],
              "job": {
                "status": "completed",
                "results": [
                  { "id": 101, "action": "update", "status": "Updated", "success": true },
                  { "id": 102, "action": "update", "status": "Updated", "success": true }
                ]
              },
              "jobs": 1,
              "refused": 422
            }
            """)!.ToJsonString());
        bench.Desk.Ticket(101).Comments[0].Attachments.ShouldHaveSingleItem().Content.ShouldBe(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        bench.Desk.Ticket(102).Tags.ShouldBe(["bulk"]);
        bench.Desk.AbandonedUploads.ShouldBe(0);
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _scratch.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }
}
