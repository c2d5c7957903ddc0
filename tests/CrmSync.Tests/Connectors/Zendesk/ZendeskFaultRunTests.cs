using CrmSync.Simulators.Zendesk;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>Many sessions through a Zendesk that drops, fails and kills, with a fixed seed: nothing lost, nothing twice.</summary>
public sealed class ZendeskFaultRunTests(ITestOutputHelper output)
{
    private const int Sessions = 10_000;
    private const int Seed = 20261123;

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task Every_session_has_exactly_one_note_and_one_file(string mode)
    {
        await using var bench = await StartAsync(mode, Sessions);

        var run = await RunAsync(bench, Sessions, isProtected: true);

        var (lost, doubled) = Count(bench, Sessions);
        output.WriteLine($"{mode}: {Sessions} sessions, {run.Doubts} in doubt, {run.Rounds} rounds, {lost} lost, {doubled} doubled, "
            + $"{bench.Host.Requests.Calls * 1_000 / Sessions} calls per 1,000");
        run.Doubts.ShouldBeGreaterThan(Sessions / 50);
        run.Refused.ShouldBeEmpty();
        lost.ShouldBe(0);
        doubled.ShouldBe(0);
        bench.Desk.Touched().ShouldAllBe(ticket => ticket.Comments.All(comment => !comment.Public && comment.Attachments.Count == 1));
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task Without_the_look_before_the_second_try_the_same_run_doubles_notes(string mode)
    {
        const int Few = 2_000;
        await using var bench = await StartAsync(mode, Few);

        await RunAsync(bench, Few, isProtected: false);

        Count(bench, Few).Doubled.ShouldBeGreaterThan(0);
    }

    private static async Task<ZendeskFaultRun> RunAsync(ZendeskConnectorBench bench, int sessions, bool isProtected)
    {
        var run = new ZendeskFaultRun(bench.Connector, isProtected);
        await run.RunAsync(Enumerable.Range(1, sessions).Select(id => ZendeskConnectorBench.Parcel(id)), TestContext.Current.CancellationToken);
        return run;
    }

    private static async Task<ZendeskConnectorBench> StartAsync(string mode, int sessions)
    {
        var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [.. Enumerable.Range(1, sessions)] }, seed: Seed, options: [("Mode", mode), ("Concurrency", "8")]);
        const string Api = "/api/*";
        const string Bulk = "/api/v2/tickets/update_many";
        var faults = bench.Faults;

        // Jobs first: of the faults that decide how a request ends, the first that strikes counts, and jobs are few.
        faults.Sometimes(0.15, Fault.DropAfter, "PUT", Bulk);
        faults.Sometimes(0.15, Fault.Named(ZendeskFaultNames.JobKilled), "PUT", Bulk);
        faults.Sometimes(0.15, Fault.Named(ZendeskFaultNames.JobPartlyFailed), "PUT", Bulk);
        faults.Sometimes(0.05, Fault.DropAfter, "PUT", Api);
        faults.Sometimes(0.02, Fault.DropBefore, path: Api);
        faults.Sometimes(0.01, Fault.FailAfter(503), "PUT", Api);
        faults.Sometimes(0.01, Fault.Refuse(500), path: Api);
        faults.Sometimes(0.01, Fault.Refuse(429, TimeSpan.Zero) with { Name = ZendeskFaultNames.PlainText }, path: Api);
        faults.Sometimes(0.01, Fault.Named(ZendeskFaultNames.DatabaseConflict), "PUT", Api);
        faults.Sometimes(0.002, Fault.ExpireToken, path: Api);
        return bench;
    }

    private static (int Lost, int Doubled) Count(ZendeskConnectorBench bench, int sessions)
    {
        var touched = bench.Desk.Touched();
        return (sessions - touched.Count, touched.Count(ticket => ticket.Comments.Count > 1));
    }
}
