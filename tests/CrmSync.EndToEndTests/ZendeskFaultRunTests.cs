using CrmSync.Core.Deliveries;
using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Zendesk;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.EndToEndTests;

/// <summary>
/// The worker, its ledger and the connector against a Zendesk that drops, fails and kills, with a fixed seed; three sessions share a ticket,
/// and a ticket in fifty is closed. Nothing may be lost, nothing may be there twice.
/// </summary>
public sealed class ZendeskFaultRunTests(ITestOutputHelper output)
{
    /// <summary>Set to 1, 10,000 sessions instead of 3,000.</summary>
    private const string LongVariable = "TESTS_LONG";

    private const int SessionsOfControl = 600;
    private const int PerTicket = 3;
    private const int Seed = 20261123;

    private static int Sessions => Environment.GetEnvironmentVariable(LongVariable) is "1" ? 10_000 : 3_000;

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task Every_session_has_exactly_one_note_and_its_file_whatever_happens(string mode)
    {
        var sessions = Sessions;
        await using var stage = await BuildAsync(mode, sessions);
        var batches = new BatchCount();
        HashSet<int> deadly = mode == "Bulk" ? [7, 20] : [50, 100];

        await stage.RunAsync(connector => new DeadlyConnector(connector, batches, deadly));

        var (lost, doubled, wrong) = Compare(stage);
        output.WriteLine($"{mode}: {sessions} sessions, {stage.Rounds} rounds, {stage.Deaths} deaths, {stage.CallsPerThousand} calls per 1,000, "
            + $"{Doubts(stage)} answers lost, late or failed: {lost} lost, {doubled} doubled, {wrong} with another file");
        (await stage.StatesAsync()).ShouldBe(new Dictionary<DeliveryState, long> { [DeliveryState.Delivered] = sessions });
        stage.Deaths.ShouldBe(deadly.Count);
        Doubts(stage).ShouldBeGreaterThan(20);
        (lost, doubled, wrong).ShouldBe((0, 0, 0));
        stage.Desk.Touched().ShouldAllBe(ticket => ticket.Comments.All(comment => !comment.Public && comment.Attachments.Count == 1));
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task Without_the_look_before_the_second_try_the_same_run_doubles_notes(string mode)
    {
        await using var stage = await BuildAsync(mode, SessionsOfControl);

        await stage.RunAsync(connector => new CarelessConnector(connector));

        var (lost, doubled, _) = Compare(stage);
        output.WriteLine($"{mode}, careless: {SessionsOfControl} sessions: {lost} lost, {doubled} doubled");
        doubled.ShouldBeGreaterThan(0);
    }

    private static async Task<ZendeskWorkerStage> BuildAsync(string mode, int sessions)
    {
        var stage = await ZendeskWorkerStage.BuildAsync(Seed, sessions, PerTicket, ("Mode", mode), ("Concurrency", "8"));

        foreach (var ticket in stage.Sessions.Select(session => session.TicketId!).Distinct().Index().Where(item => item.Index % 50 == 0))
        {
            stage.Desk.SetStatus(long.Parse(ticket.Item, System.Globalization.CultureInfo.InvariantCulture), "closed");
        }

        const string Api = "/api/*";
        const string Bulk = "/api/v2/tickets/update_many";
        var faults = stage.Host.Faults;

        // Jobs first: of the faults that decide how a request ends, the first that strikes counts, and jobs are few.
        faults.Sometimes(0.15, Fault.DropAfter, "PUT", Bulk);
        faults.Sometimes(0.15, Fault.Named(ZendeskFaultNames.JobKilled), "PUT", Bulk);
        faults.Sometimes(0.15, Fault.Named(ZendeskFaultNames.JobPartlyFailed), "PUT", Bulk);
        faults.Sometimes(0.05, Fault.Named(ZendeskFaultNames.JobSlow), "PUT", Bulk);
        faults.Sometimes(0.05, Fault.DropAfter, "PUT", Api);
        faults.Sometimes(0.05, Fault.DropAfter, "POST", "/api/v2/tickets");
        faults.Sometimes(0.02, Fault.DropBefore, path: Api);
        faults.Sometimes(0.01, Fault.FailAfter(503), "PUT", Api);
        faults.Sometimes(0.01, Fault.Refuse(500), path: Api);
        faults.Sometimes(0.002, Fault.Refuse(429, TimeSpan.FromSeconds(7)) with { Name = ZendeskFaultNames.PlainText }, path: Api);
        faults.Sometimes(0.01, Fault.Named(ZendeskFaultNames.DatabaseConflict), "PUT", Api);
        faults.Sometimes(0.002, Fault.ExpireToken, path: Api);
        return stage;
    }

    private static (int Lost, int Doubled, int Wrong) Compare(ZendeskWorkerStage stage)
    {
        var notes = stage.NotesBySession();
        var found = stage.Sessions.Select(session => (session.Final, Notes: notes[$"{session.Kind}-{session.Id}"].ToList())).ToList();
        return (
            found.Count(session => session.Notes.Count == 0),
            found.Count(session => session.Notes.Count > 1),
            found.Count(session => session.Notes.Exists(file => !session.Final.Span.SequenceEqual(file))));
    }

    /// <summary>Writes after which nobody could know: dropped connections and server errors.</summary>
    private static int Doubts(ZendeskWorkerStage stage) =>
        stage.Host.Requests.Counts.Where(count => count.Method == "PUT" && count.Status is 0 or 503).Sum(count => count.Count);
}
