using CrmSync.Connectors.Email;
using CrmSync.Core.Deliveries;
using CrmSync.Mail.Smtp;
using CrmSync.Simulators.Smtp;

namespace CrmSync.Tests.Connectors.Email;

public sealed class EmailFaultTests
{
    private static readonly Receipt Receipt = new("42");

    [Theory]
    [InlineData("busy", typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData("no-service", typeof(Outcome.Halted), "CONNECTOR_MISCONFIGURED")]
    [InlineData("not-smtp", typeof(Outcome.Deferred), "CRM_UNAVAILABLE")]
    [InlineData("starttls-stripped", typeof(Outcome.Halted), "TLS_FAILED")]
    [InlineData("starttls-poisoned", typeof(Outcome.Halted), "TLS_FAILED")]
    [InlineData("auth-refused", typeof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData("auth-basic-gone", typeof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData("auth-loop", typeof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData("auth-unavailable", typeof(Outcome.Deferred), "CRM_UNAVAILABLE")]
    [InlineData("greylisting", typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData("mailbox-full", typeof(Outcome.Deferred), "STORAGE_FULL")]
    [InlineData("unknown-recipient", typeof(Outcome.Refused), "RECIPIENT_REFUSED")]
    [InlineData("sender-not-owned", typeof(Outcome.Halted), "PERMISSION_MISSING")]
    [InlineData("send-as-denied", typeof(Outcome.Halted), "PERMISSION_MISSING")]
    [InlineData("rate", typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData("daily-limit", typeof(Outcome.Halted), "QUOTA_EXHAUSTED")]
    [InlineData("policy", typeof(Outcome.Refused), "MESSAGE_REFUSED")]
    [InlineData("too-big", typeof(Outcome.Refused), "TOO_LARGE_FOR_CRM")]
    [InlineData("storage", typeof(Outcome.Deferred), "CRM_UNAVAILABLE")]
    [InlineData("drop-mail", typeof(Outcome.Deferred), "CRM_UNAVAILABLE")]
    [InlineData("drop-dot", typeof(Outcome.InDoubt), "NO_ANSWER")]
    [InlineData("accept-then-drop", typeof(Outcome.InDoubt), "NO_ANSWER")]
    public async Task What_a_server_does_becomes_an_outcome(string mode, Type outcome, string reason)
    {
        await using var bench = new EmailBench();
        SmtpModes.Named(mode).Apply(bench.Server);

        var result = await bench.DeliverAsync(bench.Options());

        result.ShouldBeOfType(outcome);
        ReasonOf(result).ShouldBe(reason);
    }

    [Theory]
    [InlineData(SmtpStage.MailFrom, "432 4.3.2 Concurrent connections limit exceeded", typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(SmtpStage.FinalDot, "554 5.2.2 mailbox full; STOREDRV QuotaExceeded", typeof(Outcome.Deferred), "STORAGE_FULL")]
    [InlineData(SmtpStage.FinalDot, "554 5.2.0 STOREDRV.Submission.Exception", typeof(Outcome.Halted), "QUOTA_EXHAUSTED")]
    [InlineData(SmtpStage.FinalDot, "554 5.2.252 SendAsDenied", typeof(Outcome.Halted), "PERMISSION_MISSING")]
    [InlineData(SmtpStage.FinalDot, "550 5.7.26 unauthenticated sender", typeof(Outcome.Refused), "MESSAGE_REFUSED")]
    [InlineData(SmtpStage.FinalDot, "550 5.5.2 bare <LF> received", typeof(Outcome.Refused), "INTERNAL_ERROR")]
    [InlineData(SmtpStage.RcptTo, "550 5.1.10 recipient not found", typeof(Outcome.Refused), "RECIPIENT_REFUSED")]
    [InlineData(SmtpStage.RcptTo, "550 no such user", typeof(Outcome.Refused), "MESSAGE_REFUSED")]
    [InlineData(SmtpStage.RcptTo, "451 try later", typeof(Outcome.Deferred), "CRM_UNAVAILABLE")]
    [InlineData(SmtpStage.MailFrom, "530 5.7.57 not authenticated", typeof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData(SmtpStage.RcptTo, "421 4.7.0 too many errors", typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(SmtpStage.RcptTo, "450 4.2.0 greylisted", typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(SmtpStage.RcptTo, "451 4.7.0 temporary deferral", typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(SmtpStage.FinalDot, "451 4.4.1 no answer from host", typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(SmtpStage.RcptTo, "452 4.2.2 mailbox full", typeof(Outcome.Deferred), "STORAGE_FULL")]
    [InlineData(SmtpStage.RcptTo, "552 5.2.2 mailbox full", typeof(Outcome.Deferred), "STORAGE_FULL")]
    [InlineData(SmtpStage.MailFrom, "523 the message is too large", typeof(Outcome.Refused), "TOO_LARGE_FOR_CRM")]
    [InlineData(SmtpStage.FinalDot, "550 5.2.3 message length exceeds limit", typeof(Outcome.Refused), "TOO_LARGE_FOR_CRM")]
    [InlineData(SmtpStage.Authentication, "535 5.7.3 authentication unsuccessful", typeof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData(SmtpStage.Authentication, "535 5.7.139 SMTP AUTH is disabled", typeof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData(SmtpStage.Authentication, "534 5.7.9 application-specific password required", typeof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData(SmtpStage.FinalDot, "550 5.7.30 basic authentication is not supported", typeof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData(SmtpStage.FinalDot, "550 5.7.60 not permitted to send as this sender", typeof(Outcome.Halted), "PERMISSION_MISSING")]
    [InlineData(SmtpStage.RcptTo, "553 5.7.1 sender address rejected: not owned by user", typeof(Outcome.Halted), "PERMISSION_MISSING")]
    [InlineData(SmtpStage.RcptTo, "550 5.7.233 tenant exceeded its recipients", typeof(Outcome.Halted), "QUOTA_EXHAUSTED")]
    [InlineData(SmtpStage.RcptTo, "550 5.1.90 recipients in a day exceeded", typeof(Outcome.Halted), "QUOTA_EXHAUSTED")]
    [InlineData(SmtpStage.RcptTo, "550 5.1.2 bad destination system", typeof(Outcome.Refused), "RECIPIENT_REFUSED")]
    [InlineData(SmtpStage.RcptTo, "553 5.1.3 bad address syntax", typeof(Outcome.Refused), "RECIPIENT_REFUSED")]
    [InlineData(SmtpStage.RcptTo, "551 not here", typeof(Outcome.Refused), "RECIPIENT_REFUSED")]
    [InlineData(SmtpStage.FinalDot, "554 5.7.1 rejected by policy", typeof(Outcome.Refused), "MESSAGE_REFUSED")]
    [InlineData(SmtpStage.FinalDot, "550 5.7.25 no reverse DNS", typeof(Outcome.Refused), "MESSAGE_REFUSED")]
    [InlineData(SmtpStage.FinalDot, "550 5.7.27 SPF failed", typeof(Outcome.Refused), "MESSAGE_REFUSED")]
    [InlineData(SmtpStage.FinalDot, "550 5.7.29 not sent over TLS", typeof(Outcome.Refused), "MESSAGE_REFUSED")]
    [InlineData(SmtpStage.RcptTo, "501 5.5.4 syntax error in parameters", typeof(Outcome.Refused), "INTERNAL_ERROR")]
    [InlineData(SmtpStage.Data, "503 bad sequence of commands", typeof(Outcome.Refused), "INTERNAL_ERROR")]
    [InlineData(SmtpStage.MailFrom, "555 parameter not recognised", typeof(Outcome.Refused), "INTERNAL_ERROR")]
    [InlineData(SmtpStage.FinalDot, "455 unheard of", typeof(Outcome.Deferred), "CRM_UNAVAILABLE")]
    [InlineData(SmtpStage.FinalDot, "599 unheard of", typeof(Outcome.Refused), "MESSAGE_REFUSED")]
    public void What_a_server_says_becomes_an_outcome(SmtpStage stage, string reply, Type outcome, string reason)
    {
        var result = EmailFaults.ToOutcome(Result(stage, reply), Receipt);

        result.ShouldBeOfType(outcome);
        ReasonOf(result).ShouldBe(reason);
    }

    [Theory]
    [InlineData("250 2.0.0 Ok: queued as 4D7B2C10", "250 2.0.0 Ok: queued as 4D7B2C10")]
    [InlineData("250 OK id=1tE3xY-0004Qh-2n", "250 OK id=1tE3xY-0004Qh-2n")]
    [InlineData("250 2.0.0 OK <7f@contoso.example> [InternalId=8, Hostname=AM0.example] Queued mail for jo@contoso.example",
        "250 2.0.0 OK … [InternalId=8, Hostname=AM0.example] Queued mail for …")]
    [InlineData("250 Ok\tqueued\u0007", "250 Ok queued")]
    public void The_servers_yes_is_kept_without_addresses(string reply, string kept)
    {
        var text = reply[4..];
        var enhanced = EnhancedCode.TryParse(text, out var code, out var rest) ? code : null;
        var accepted = new SendResult.Accepted(new SmtpReply(250, [enhanced is null ? text : rest], enhanced), QueueId: null);

        EmailFaults.ToOutcome(accepted, Receipt).ShouldBeOfType<Outcome.Delivered>().Receipt.FileId.ShouldBe(kept);
    }

    [Fact]
    public void A_fault_before_the_envelope_spends_no_attempt()
    {
        var early = new SendResult.NotCarriedOut(new SmtpFault(SmtpStage.Greeting, SmtpProblem.TimedOut, "x"));
        var late = new SendResult.NotCarriedOut(new SmtpFault(SmtpStage.Content, SmtpProblem.Closed, "x"));

        var unreachable = new SendResult.NotCarriedOut(new SmtpFault(SmtpStage.Connect, SmtpProblem.Unreachable, "x"));

        ReasonOf(EmailFaults.ToOutcome(unreachable, Receipt)).ShouldBe("CRM_UNREACHABLE");
        EmailFaults.ToOutcome(unreachable, Receipt).ShouldBeOfType<Outcome.Deferred>().SpendsAttempt.ShouldBeFalse();
        EmailFaults.ToOutcome(early, Receipt).ShouldBeOfType<Outcome.Deferred>().SpendsAttempt.ShouldBeFalse();
        EmailFaults.ToOutcome(late, Receipt).ShouldBeOfType<Outcome.Deferred>().SpendsAttempt.ShouldBeTrue();
    }

    private static SendResult Result(SmtpStage stage, string text)
    {
        var code = int.Parse(text.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture);
        var lines = EnhancedCode.TryParse(text[4..], out var enhanced, out var rest) ? rest : text[4..];
        var fault = new SmtpFault(stage, SmtpProblem.Answered, "The server answered.", new SmtpReply(code, [lines], enhanced));
        return code switch
        {
            530 or 534 or 535 => new SendResult.NotAuthenticated(fault),
            < 500 => new SendResult.NotCarriedOut(fault),
            _ => new SendResult.Refused(fault),
        };
    }

    private static string ReasonOf(Outcome outcome) => outcome switch
    {
        Outcome.Deferred(var fault, _, _) => fault.Reason.Code,
        Outcome.InDoubt(var fault) => fault.Reason.Code,
        Outcome.Refused(var fault) => fault.Reason.Code,
        Outcome.Halted(var fault, _) => fault.Reason.Code,
        _ => outcome.GetType().Name,
    };
}
