using System.Diagnostics;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Simulators.Salesforce;

/// <summary>A widely used client that was not written for the simulator works against it unmodified.</summary>
public sealed class JsforceTests
{
    /// <summary>The last version that runs on the Node.js 20 of Debian; the next ones want 22.</summary>
    private const string Package = "jsforce@3.10.14";

    [Fact]
    public async Task A_public_client_does_its_basic_work()
    {
        var npm = Requires.Program("npm", "install Node.js with npm, e.g. apt-get install npm");
        var node = Requires.Program("node", "install Node.js, e.g. apt-get install nodejs");
        await using var org = await SalesforceSimulator.StartAsync(new OrgOptions(), new SimulatorOptions(), TestContext.Current.CancellationToken);
        var caseId = org.AddCase();
        for (var i = 0; i < 250; i++)
        {
            org.Add("Contact", ("LastName", "Contact"));
        }

        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Simulators", "Salesforce", "Jsforce", "contract.cjs"), Path.Combine(folder.Path, "contract.cjs"));
        await RunAsync(npm, folder.Path, "install", Package, "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder.Path);
        var printed = await RunAsync(node, folder.Path, "contract.cjs", org.Address.AbsoluteUri.TrimEnd('/'), caseId);

        printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(11);
        org.Record(caseId).Files.ShouldHaveSingleItem().Path.ShouldBe("note.json");
    }

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"{await output}\n{await errors}");
        return await output;
    }
}
