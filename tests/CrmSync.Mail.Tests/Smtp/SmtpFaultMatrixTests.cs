using CrmSync.Mail.Smtp;
using CrmSync.Simulators.Smtp;

namespace CrmSync.Mail.Tests.Smtp;

/// <summary>Every mode of the simulator, what it comes to, and that nothing is ever said twice or in clear because of it.</summary>
public sealed class SmtpFaultMatrixTests
{
    public static TheoryData<string, string, SmtpStage, int> Rows => new()
    {
        { "busy", "NotCarriedOut", SmtpStage.Greeting, 0 },
        { "no-service", "Refused", SmtpStage.Greeting, 0 },
        { "not-smtp", "NotCarriedOut", SmtpStage.Greeting, 0 },
        { "endless-lines", "NotCarriedOut", SmtpStage.Ehlo, 0 },
        { "endless-line", "NotCarriedOut", SmtpStage.Ehlo, 0 },
        { "mixed-codes", "NotCarriedOut", SmtpStage.MailFrom, 0 },
        { "silent-greeting", "NotCarriedOut", SmtpStage.Greeting, 0 },
        { "silent-dot", "InDoubt", SmtpStage.FinalDot, 0 },
        { "starttls-stripped", "NotTrusted", SmtpStage.StartTls, 0 },
        { "starttls-poisoned", "NotTrusted", SmtpStage.StartTls, 0 },
        { "starttls-unavailable", "NotCarriedOut", SmtpStage.StartTls, 0 },
        { "starttls-refused", "NotTrusted", SmtpStage.StartTls, 0 },
        { "auth-refused", "NotAuthenticated", SmtpStage.Authentication, 0 },
        { "auth-basic-gone", "NotAuthenticated", SmtpStage.Authentication, 0 },
        { "auth-unavailable", "NotCarriedOut", SmtpStage.Authentication, 0 },
        { "auth-loop", "NotAuthenticated", SmtpStage.Authentication, 0 },
        { "scram-lie", "NotAuthenticated", SmtpStage.Authentication, 0 },
        { "greylisting", "NotCarriedOut", SmtpStage.RcptTo, 0 },
        { "mailbox-full", "Refused", SmtpStage.RcptTo, 0 },
        { "unknown-recipient", "Refused", SmtpStage.RcptTo, 0 },
        { "sender-not-owned", "Refused", SmtpStage.MailFrom, 0 },
        { "send-as-denied", "Refused", SmtpStage.FinalDot, 0 },
        { "rate", "NotCarriedOut", SmtpStage.MailFrom, 0 },
        { "daily-limit", "Refused", SmtpStage.MailFrom, 0 },
        { "policy", "Refused", SmtpStage.FinalDot, 0 },
        { "too-big", "Refused", SmtpStage.FinalDot, 0 },
        { "storage", "NotCarriedOut", SmtpStage.FinalDot, 0 },
        { "drop-connect", "NotCarriedOut", SmtpStage.Greeting, 0 },
        { "drop-ehlo", "NotCarriedOut", SmtpStage.Ehlo, 0 },
        { "drop-starttls", "NotCarriedOut", SmtpStage.StartTls, 0 },
        { "drop-auth", "NotCarriedOut", SmtpStage.Authentication, 0 },
        { "drop-mail", "NotCarriedOut", SmtpStage.MailFrom, 0 },
        { "drop-rcpt", "NotCarriedOut", SmtpStage.RcptTo, 0 },
        { "drop-data", "NotCarriedOut", SmtpStage.Data, 0 },
        { "drop-content", "NotCarriedOut", SmtpStage.Content, 0 },
        { "drop-dot", "InDoubt", SmtpStage.FinalDot, 0 },
        { "accept-then-drop", "InDoubt", SmtpStage.FinalDot, 1 },
    };

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_fault_ends_in_the_result_the_table_gives(string mode, string result, SmtpStage stage, int kept)
    {
        await using var bench = SmtpBench.Open();
        SmtpModes.Named(mode).Apply(bench.Server);

        var outcome = await bench.SendAsync(
            bench.Options with { Timeouts = TimeoutsFor(mode) }, mode == "drop-content" ? BigEnough : null);

        outcome.GetType().Name.ShouldBe(result);
        Fault(outcome).Stage.ShouldBe(stage);
        bench.Server.Mails.Count.ShouldBe(kept);
        bench.Server.ClearText.ShouldNotContain("AUTH");
        bench.Server.ClearText.ShouldNotContain("MAIL");
    }

    [Fact]
    public void Every_mode_is_in_the_table_or_harmless()
    {
        string[] harmless = ["one-mail-per-connection", "hangs-up-after-mail", "no-pipelining"];

        SmtpModes.All.Select(mode => mode.Name).Except(harmless, StringComparer.Ordinal).ShouldBe(Rows.Select(row => row.Data.Item1), ignoreOrder: true);
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        var bench = SmtpBench.Open();
        var options = bench.Options;
        await bench.Server.DisposeAsync();

        var result = await bench.SendAsync(options);

        Fault(result.ShouldBeOfType<SendResult.NotCarriedOut>()).Problem.ShouldBe(SmtpProblem.Unreachable);
    }

    [Fact]
    public async Task The_overall_deadline_ends_what_every_single_wait_would_allow()
    {
        await using var bench = SmtpBench.Open();
        SmtpModes.Named("silent-greeting").Apply(bench.Server);

        var result = await bench.SendAsync(bench.Options with { Timeouts = SmtpBench.Patient with { Overall = TimeSpan.FromMilliseconds(200) } });

        Fault(result.ShouldBeOfType<SendResult.NotCarriedOut>()).Problem.ShouldBe(SmtpProblem.TimedOut);
    }

    // Short only where the answer never comes: nothing else may depend on how fast this machine is.
    private static SmtpTimeouts TimeoutsFor(string mode) => mode switch
    {
        "silent-greeting" => SmtpBench.Patient with { Greeting = Moment },
        "silent-dot" => SmtpBench.Patient with { FinalDot = Moment },
        _ => SmtpBench.Patient,
    };

    // Bigger than what fits into the buffers between client and server, so that a hang-up is noticed before the dot.
    private static RawMail BigEnough => new(string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 200_000)));

    private static SmtpFault Fault(SendResult result) => result switch
    {
        SendResult.NotCarriedOut(var fault) => fault,
        SendResult.InDoubt(var fault) => fault,
        SendResult.Refused(var fault) => fault,
        SendResult.NotAuthenticated(var fault) => fault,
        SendResult.NotTrusted(var fault) => fault,
        _ => throw new ShouldAssertException($"{result.GetType().Name} has no fault."),
    };
}
