using System.Globalization;
using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Platform;
using CrmSync.Simulators.Shared;

namespace CrmSync.EndToEndTests;

/// <summary>A mail server that hangs up at the final dot, workers that die, and a Zendesk account that reads the mailbox: only it knows what became of a mail.</summary>
public sealed class MailInDoubtTests
{
    private const string Sample = "call-70157.json";
    private const long Ticket = 41850;
    private const int SessionCount = 30;
    private const int Kills = 2;

    [Fact]
    public async Task A_mail_that_became_a_note_is_not_sent_again()
    {
        await using var stage = await MailStage.BuildAsync("Verify", Ticket);
        stage.Mail.Faults.Once(Fault.DropAfter, "DOT");

        var shown = await DeliverAsync(stage);

        stage.Mail.Mails.Count.ShouldBe(1);
        stage.Notes.Count.ShouldBe(1);
        shown.ShouldContain($"{stage.Zendesk}agent/tickets/{Ticket}");
        shown.ShouldContain("On the record.");
    }

    [Fact]
    public async Task A_mail_that_never_became_a_note_is_sent_again()
    {
        await using var stage = await MailStage.BuildAsync("Verify", Ticket);
        stage.Mail.Faults.Once(Fault.DropBefore, "DOT");

        var shown = await DeliverAsync(stage);

        stage.Mail.Mails.Count.ShouldBe(1);
        stage.Notes.Count.ShouldBe(1);
        shown.ShouldContain($"the mail server said: 250 2.0.0 Ok: queued as {stage.Mail.Mails[0].QueueId}");
    }

    [Fact]
    public async Task Without_anybody_to_ask_the_note_is_there_twice()
    {
        await using var stage = await MailStage.BuildAsync("Resend", Ticket);
        stage.Mail.Faults.Once(Fault.DropAfter, "DOT");

        await DeliverAsync(stage);

        stage.Notes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Workers_that_are_killed_while_they_send_leave_one_note_for_each_session()
    {
        var sessions = new SessionFileGenerator(
            new SessionFileOptions { Seed = 20260305, Count = SessionCount, ZendeskShare = 1, NoTicketExpectedShare = 0, TicketMissingShare = 0, ReexportShare = 0 },
            TimeProvider.System).Sessions().ToList();
        await using var stage = await MailStage.BuildAsync("Verify", sessions.Select(session => long.Parse(session.TicketId!, CultureInfo.InvariantCulture)).Distinct());
        stage.Mail.Behaviour.Latency = TimeSpan.FromMilliseconds(50);
        foreach (var session in sessions)
        {
            await session.WriteAsync(stage.Folder.Inbox, export: 0, TestContext.Current.CancellationToken);
        }

        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var victim = WorkerProcess.Start(stage.Folder.Path, "run");
            var enough = SessionCount * kill / (Kills + 2);
            await Eventually.TrueAsync($"mail {enough}", () => stage.Mail.Mails.Count >= enough || victim.HasExited, () => victim.Story);
            await victim.KillAsync();
        }

        await using var survivor = WorkerProcess.Start(stage.Folder.Path, "run");
        await survivor.LineAsync("The last run did not end well");
        await Eventually.TrueAsync("the last note", () => stage.Notes.Count >= SessionCount, () => survivor.Story);
        for (var states = await stage.StatesAsync(); states.GetValueOrDefault("Delivered") < SessionCount; states = await stage.StatesAsync())
        {
            states.Keys.ShouldNotContain("Parked", survivor.Story);
        }

        stage.Notes.Distinct(StringComparer.Ordinal).Count().ShouldBe(SessionCount);
        stage.Notes.Count.ShouldBe(SessionCount);
        (await survivor.StopAsync()).ShouldBe(0);
    }

    private static async Task<string> DeliverAsync(MailStage stage)
    {
        await using var worker = WorkerProcess.Start(stage.Folder.Path, "run");
        await worker.LineAsync("Started.");
        stage.Folder.Drop(Sample);
        await worker.LineAsync("Delivered test/call-70157");
        (await worker.StopAsync()).ShouldBe(0);
        return (await WorkerProcess.RunToEndAsync(stage.Folder.Path, "show", "call-70157")).Output;
    }
}
