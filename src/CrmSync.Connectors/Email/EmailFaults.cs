using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Mail.Smtp;

namespace CrmSync.Connectors.Email;

/// <summary>A mail server's answers, in our words. The only place that reads its codes.</summary>
/// <remarks>
/// Sources: RFC 3463, 5248, 7372; support.google.com/a/answer/3726730;
/// learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements.
/// </remarks>
internal static class EmailFaults
{
    private const int AnswerMax = 200;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // postgrey's default; other greylists ask for less.
    private static readonly TimeSpan Greylist = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MailboxFull = TimeSpan.FromHours(4);

    private static readonly TimeSpan DailyLimit = TimeSpan.FromHours(24);

    public static Outcome ToOutcome(SendResult result, Receipt receipt) => result switch
    {
        SendResult.Accepted(var reply, _) => new Outcome.Delivered(receipt with { FileId = Kept(reply) }),
        SendResult.InDoubt(var fault) => new Outcome.InDoubt(Fault(ReasonCodes.NoAnswer, fault)),
        SendResult.NotAuthenticated(var fault) => new Outcome.Halted(Fault(ReasonCodes.AuthFailed, fault)),
        SendResult.NotTrusted(var fault) => new Outcome.Halted(Fault(ReasonCodes.TlsFailed, fault)),
        SendResult.NotCarriedOut(var fault) => Later(fault),
        SendResult.Refused(var fault) => Never(fault),
        _ => throw new InvalidOperationException($"No rule for result {result.GetType().Name}."),
    };

    public static CheckFinding ToFinding(SmtpFault fault)
    {
        var fix = fault.Problem switch
        {
            SmtpProblem.Unreachable => "Check Host and Port, DNS, and whether a firewall lets this machine out.",
            SmtpProblem.Untrusted => "Use the name that is in the server's certificate; for a company's own authority set CaFile.",
            SmtpProblem.Unauthenticated => "Check User and Password or OAuth; for Microsoft 365 also that Authenticated SMTP is on for the mailbox.",
            SmtpProblem.Malformed => "Check Port and Security: 465 is Implicit, 587 is StartTls.",
            _ => "Read the server's answer, or ask whoever runs it.",
        };
        return new CheckFinding(CheckLevel.Problem, $"Mail server, {fault.Stage}", fault.Message, fix);
    }

    // Before MAIL it is the server's trouble, not this mail's: no attempt is spent.
    private static Outcome.Deferred Later(SmtpFault fault)
    {
        var spends = fault.Stage >= SmtpStage.MailFrom;
        return fault.Reply switch
        {
            null => new Outcome.Deferred(
                Fault(fault.Problem == SmtpProblem.Unreachable ? ReasonCodes.CrmUnreachable : ReasonCodes.CrmUnavailable, fault),
                SpendsAttempt: spends),
            { Code: 421 or 432 } or { Enhanced: { Subject: 3, Detail: 2 } or { Subject: 4 } } =>
                new Outcome.Deferred(Fault(ReasonCodes.RateLimited, fault), Minute, SpendsAttempt: false),
            { Enhanced: { Subject: 2, Detail: 2 } } => Full(fault),
            { Enhanced: { Subject: 7, Detail: 0 or 1 } or { Subject: 2, Detail: 0 } } when spends =>
                new Outcome.Deferred(Fault(ReasonCodes.RateLimited, fault), Greylist),
            _ => new Outcome.Deferred(Fault(ReasonCodes.CrmUnavailable, fault), SpendsAttempt: spends),
        };
    }

    private static Outcome Never(SmtpFault fault) => fault.Reply switch
    {
        null => new Outcome.Refused(Fault(ReasonCodes.TooLargeForCrm, fault)),
        { Enhanced: { Subject: 3, Detail: 4 } or { Subject: 2, Detail: 3 } } or { Code: 523 } =>
            new Outcome.Refused(Fault(ReasonCodes.TooLargeForCrm, fault)),
        { Enhanced: { Subject: 2, Detail: 2 } } => Full(fault),
        { Enhanced: { Subject: 4, Detail: 5 } or { Subject: 7, Detail: 233 } or { Subject: 1, Detail: 90 } } => Daily(fault),
        { Code: 554, Enhanced: { Subject: 2, Detail: 0 } } => Daily(fault),
        { Enhanced: { Subject: 7, Detail: 30 or 57 or 139 } } => new Outcome.Halted(Fault(ReasonCodes.AuthFailed, fault)),
        { Enhanced: { Subject: 7, Detail: 60 } or { Subject: 2, Detail: 252 } } or { Code: 553, Enhanced: { Subject: 7, Detail: 1 } } =>
            new Outcome.Halted(Fault(ReasonCodes.PermissionMissing, fault)),
        _ when fault.Stage < SmtpStage.MailFrom => new Outcome.Halted(Fault(ReasonCodes.ConnectorMisconfigured, fault)),
        { Code: 500 or 501 or 503 or 555 } or { Enhanced: { Subject: 5, Detail: 2 } } => new Outcome.Refused(Fault(ReasonCodes.InternalError, fault)),
        { Code: 551 } or { Code: 550 or 553, Enhanced: { Subject: 1, Detail: 1 or 2 or 3 or 10 } } =>
            new Outcome.Refused(Fault(ReasonCodes.RecipientRefused, fault)),
        { Code: 553 } when fault.Stage == SmtpStage.RcptTo => new Outcome.Refused(Fault(ReasonCodes.RecipientRefused, fault)),
        _ => new Outcome.Refused(Fault(ReasonCodes.MessageRefused, fault)),
    };

    private static Outcome.Deferred Full(SmtpFault fault) => new(Fault(ReasonCodes.StorageFull, fault), MailboxFull);

    private static Outcome.Halted Daily(SmtpFault fault) => new(Fault(ReasonCodes.QuotaExhausted, fault), DailyLimit);

    /// <summary>The server's answer as the receipt keeps it, for whoever follows a mail through the server's log by its queue id.</summary>
    /// <remarks>Addresses in it are left out: they may be a person's.</remarks>
    internal static string Kept(SmtpReply reply)
    {
        var words = reply.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Contains('@') ? "…" : word);
        var text = string.Concat($"{reply} {string.Join(' ', words)}".Where(c => !char.IsControl(c))).TrimEnd();
        return text.Length <= AnswerMax ? text : text[..AnswerMax];
    }

    // The server's text stays out: it likes to repeat addresses.
    private static Fault Fault(ReasonCode reason, SmtpFault fault) => new(reason, fault.Message, fault.Reply?.ToString());
}
