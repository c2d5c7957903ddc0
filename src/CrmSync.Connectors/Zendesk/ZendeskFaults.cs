using System.Net;
using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Zendesk's answers, in our words: the only place that reads its status and error codes. Sources: Zendesk's pages on errors, rate limits,
/// ticket updates and job statuses; what is not documented there is said so.
/// </summary>
internal static class ZendeskFaults
{
    private const string TooManyJobs = "TooManyJobs";

    private static readonly TimeSpan WaitUnlessTold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RedactionWait = TimeSpan.FromSeconds(15);

    /// <summary>What a failed write came to.</summary>
    public static Outcome ToOutcome(ZendeskTrouble trouble) => trouble.Kind switch
    {
        ZendeskTroubleKind.NeverSent => new Outcome.Deferred(Unreachable(trouble), SpendsAttempt: false),
        ZendeskTroubleKind.Stopped => new Outcome.Deferred(
            new Fault(ReasonCodes.Stopping, "The worker was stopped before anything was sent."), SpendsAttempt: false),
        ZendeskTroubleKind.Unanswered => new Outcome.InDoubt(
            new Fault(ReasonCodes.NoAnswer, "Zendesk did not answer; the note may have arrived.", Word(trouble.Connection))),
        ZendeskTroubleKind.SignInFailed => new Outcome.Halted(
            new Fault(ReasonCodes.AuthFailed, $"Zendesk gave no token for this OAuth client. {trouble.Text}".TrimEnd(), Code(trouble))),
        _ => Answered(trouble),
    };

    /// <summary>What a failed request came to that could not put a note on a ticket: never in doubt.</summary>
    public static Outcome Harmless(ZendeskTrouble trouble) => ToOutcome(trouble) switch
    {
        Outcome.InDoubt(var fault) => new Outcome.Deferred(
            fault with { Reason = ReasonCodes.CrmUnavailable, Message = "Zendesk did not answer; nothing was written." }, trouble.RetryAfter, SpendsAttempt: false),
        var other => other,
    };

    /// <summary>A refused upload: most often the account does not allow the file's type.</summary>
    public static Outcome OfUpload(ZendeskTrouble trouble) => Harmless(trouble) switch
    {
        Outcome.Refused(var fault) when trouble.Status is HttpStatusCode.UnprocessableEntity => new Outcome.Refused(fault with { Reason = ReasonCodes.FileTypeRefused }),
        Outcome.Refused(var fault) when trouble.Status is HttpStatusCode.NotFound => new Outcome.Refused(fault with { Reason = ReasonCodes.CrmRefused }),
        var other => other,
    };

    /// <summary>What one failed ticket of a bulk job came to. The words are those of single updates.</summary>
    public static Outcome ToOutcome(JobResult result)
    {
        var text = ZendeskErrorText.Clean(ZendeskErrorText.Descriptions(result.Details));
        var status = result.Error switch
        {
            "UpdateConflict" or "DatabaseConflict" => HttpStatusCode.Conflict,
            "TicketNotFound" or "RecordNotFound" => HttpStatusCode.NotFound,
            "PermissionDenied" or "AccessDenied" or "Forbidden" => HttpStatusCode.Forbidden,
            _ => HttpStatusCode.UnprocessableEntity,
        };
        var outcome = Answered(new ZendeskTrouble(ZendeskTroubleKind.Answered)
        {
            Status = status,
            Code = result.Error ?? "JobResultFailed",
            Text = text,
            FromZendesk = true,
        });

        // The job itself was allowed, so a right that is missing is this ticket's affair.
        return outcome is Outcome.Halted(var fault, _) ? new Outcome.Refused(fault) : outcome;
    }

    /// <summary>Final in Zendesk; merged tickets are closed too.</summary>
    public static bool IsClosed(Outcome? outcome) => outcome is Outcome.Refused(var fault) && fault.Reason == ReasonCodes.TicketClosed;

    /// <summary>The ticket, or a file token named in the request: Zendesk says 404 to both.</summary>
    public static bool IsNotFound(Outcome? outcome) => outcome is Outcome.Refused(var fault) && fault.Reason == ReasonCodes.TicketNotFound;

    /// <summary>Signed in, but a scope or a role is missing.</summary>
    public static bool IsMissingRight(ZendeskTrouble trouble) =>
        trouble is { Kind: ZendeskTroubleKind.Answered, Status: HttpStatusCode.Forbidden };

    /// <summary>The fault alone, for a report.</summary>
    public static Fault FaultOf(ZendeskTrouble trouble) => Harmless(trouble) switch
    {
        Outcome.Deferred(var fault, _, _) => fault,
        Outcome.Halted(var fault, _) => fault,
        Outcome.Refused(var fault) => fault,
        var other => throw new InvalidOperationException($"A trouble cannot come to {other.GetType().Name}."),
    };

    /// <summary>How long Zendesk asked everybody to wait, if it did.</summary>
    public static TimeSpan? AskedToWait(ZendeskTrouble? trouble) =>
        trouble is { Kind: ZendeskTroubleKind.Answered } && (trouble.Status is HttpStatusCode.TooManyRequests || trouble.Code == TooManyJobs)
            ? trouble.RetryAfter ?? WaitUnlessTold
            : null;

    private static Outcome Answered(ZendeskTrouble trouble)
    {
        var (status, code, text) = ((int)trouble.Status, Code(trouble), trouble.Text ?? "Zendesk gave no reason.");
        return status switch
        {
            // The error's word comes first: the status of TooManyJobs is not documented.
            _ when trouble.Code == TooManyJobs => SlowDown("Too many bulk jobs are under way in this account.", code, trouble),
            < 400 => Halted(ReasonCodes.UnexpectedResponse, "The answer is not Zendesk's: a redirect, a login page or a proxy's page.", code),
            400 when trouble.Code == "IdempotentRequestError" => new Outcome.InDoubt(
                new Fault(ReasonCodes.NoAnswer, "An earlier try used the same key; whether it made the follow-up ticket has to be looked up.", code)),
            401 => Halted(ReasonCodes.AuthFailed, "Zendesk does not accept the credentials.", code),
            402 or 403 => Halted(ReasonCodes.PermissionMissing, $"CrmSync's user or its scopes do not allow this. {text}", code),
            404 when !trouble.FromZendesk || trouble.Code == "InvalidEndpoint" =>
                Halted(ReasonCodes.UnexpectedResponse, "There is no Zendesk account at this address.", code),
            404 => Refused(ReasonCodes.TicketNotFound, "Zendesk has no such ticket, or it was deleted.", code),
            408 or >= 500 => new Outcome.InDoubt(new Fault(ReasonCodes.CrmUnavailable, "Zendesk failed while it worked on the note.", code)),
            409 when trouble.Code == "ConflictError" => Busy(text, code, RedactionWait),
            409 or 423 => Busy(text, code, wait: null),
            413 => Refused(ReasonCodes.TooLargeForCrm, $"Zendesk finds it too large. {text}", code),
            422 when text.Contains("closed prevents ticket update", StringComparison.OrdinalIgnoreCase) =>
                Refused(ReasonCodes.TicketClosed, "The ticket is closed, or was merged into another one.", code),
            429 => SlowDown("Zendesk asked to slow down.", code, trouble),
            _ => Refused(ReasonCodes.CrmRefused, $"Zendesk refused it: {text}", code),
        };
    }

    private static Fault Unreachable(ZendeskTrouble trouble) => trouble.Connection is HttpRequestError.SecureConnectionError
        ? new Fault(ReasonCodes.TlsFailed, "No trusted encrypted connection to Zendesk could be made.", Word(trouble.Connection))
        : new Fault(ReasonCodes.CrmUnreachable, "Zendesk could not be reached; nothing was sent.", Word(trouble.Connection));

    private static string? Word(HttpRequestError? connection) => connection is null or HttpRequestError.Unknown ? null : connection.ToString();

    private static Outcome.Deferred SlowDown(string text, string code, ZendeskTrouble trouble) =>
        new(new Fault(ReasonCodes.RateLimited, text, code), trouble.RetryAfter ?? WaitUnlessTold, SpendsAttempt: false)
        {
            OthersGoOn = trouble.Limit is ZendeskLimitOn.Lane or ZendeskLimitOn.Ticket,
        };

    private static Outcome.Deferred Busy(string text, string code, TimeSpan? wait) =>
        new(new Fault(ReasonCodes.RecordBusy, text, code), wait);

    private static Outcome.Refused Refused(ReasonCode reason, string text, string code) => new(new Fault(reason, text, code));

    private static Outcome.Halted Halted(ReasonCode reason, string text, string code) => new(new Fault(reason, text, code));

    private static string Code(ZendeskTrouble trouble) => trouble.Code is { } word ? $"{(int)trouble.Status} {word}" : $"{(int)trouble.Status}";
}
