namespace CrmSync.Core;

public static partial class ReasonCodes
{
    public static readonly ReasonCode NoTicketYet = new(
        "NO_TICKET_YET",
        "The platform has not written the ticket into the session's file yet.",
        "Nothing: it is looked for again until the connector's TicketWait is over.");

    public static readonly ReasonCode NoTicket = new(
        "NO_TICKET",
        "The session never got a ticket.",
        "Set the ticket by hand, give the route a fallback connector, or cancel the delivery.");

    public static readonly ReasonCode NoTicketExpected = new(
        "NO_TICKET_EXPECTED",
        "The session was deflected, abandoned or left in the menu: the platform creates no ticket for those.",
        "Nothing.");

    public static readonly ReasonCode TicketNotFound = new(
        "TICKET_NOT_FOUND",
        "The CRM has no record with the session's ticket id, or hides it from CrmSync's user.",
        "Look the record up as CrmSync's user; give that user access, or set the ticket by hand.");

    public static readonly ReasonCode TicketDeleted = new(
        "TICKET_DELETED", "The record was deleted in the CRM.", "Restore it and retry, or cancel the delivery.");

    public static readonly ReasonCode TicketClosed = new(
        "TICKET_CLOSED",
        "The record is closed for good and takes no more notes.",
        "Choose what happens with closed tickets in the connector's settings, or cancel the delivery.");

    public static readonly ReasonCode TicketAmbiguous = new(
        "TICKET_AMBIGUOUS", "Several records fit the session's ticket id.", "Set the ticket by hand.");

    public static readonly ReasonCode TicketIdUnusable = new(
        "TICKET_ID_UNUSABLE",
        "The session's ticket id is not one that this CRM could have written.",
        "Send such sessions to the right connector by a route, or set the ticket by hand.");

    public static readonly ReasonCode TicketHostMismatch = new(
        "TICKET_HOST_MISMATCH",
        "The session's ticket link points at another host than the connector's.",
        "Add the host to the connector's settings if it is yours, or route such sessions elsewhere.");

    public static readonly ReasonCode CrmUnreachable = new(
        "CRM_UNREACHABLE", "No connection could be made; nothing was sent.", "Nothing if it passes: it is tried again. Else check host, DNS and firewall.");

    public static readonly ReasonCode NoAnswer = new(
        "NO_ANSWER",
        "The request left, but no answer came: it may or may not have been carried out.",
        "Nothing: CrmSync asks the CRM whether it arrived before it sends again.");

    public static readonly ReasonCode CrmUnavailable = new(
        "CRM_UNAVAILABLE", "The CRM answered that it cannot work at the moment.", "Nothing: it is tried again.");

    public static readonly ReasonCode RateLimited = new(
        "RATE_LIMITED", "The CRM asked to slow down.", "Nothing: CrmSync waits as long as asked.");

    public static readonly ReasonCode QuotaExhausted = new(
        "QUOTA_EXHAUSTED",
        "The share of the CRM's API quota that CrmSync may use is spent.",
        "Nothing: it goes on when the quota is renewed. Raise the share in the connector's settings if you can spare it.");

    public static readonly ReasonCode AuthFailed = new(
        "AUTH_FAILED", "The CRM does not accept CrmSync's credentials.", "Run 'crmsync check': it says which credential and how to renew it.");

    public static readonly ReasonCode PermissionMissing = new(
        "PERMISSION_MISSING", "CrmSync's user may not do this in the CRM.", "Run 'crmsync check': it names the missing right.");

    public static readonly ReasonCode CrmRefused = new(
        "CRM_REFUSED", "The CRM refused this delivery and will refuse it again unchanged.", "Read its answer, mend the record or the template, then retry.");

    public static readonly ReasonCode RecordBusy = new(
        "RECORD_BUSY", "Somebody else was changing the record at the same moment.", "Nothing: it is tried again.");

    public static readonly ReasonCode TooLargeForCrm = new(
        "TOO_LARGE_FOR_CRM", "The file or the note is larger than the CRM accepts.", "Raise the limit there, or leave the attachment out for this connector.");

    public static readonly ReasonCode FileTypeRefused = new(
        "FILE_TYPE_REFUSED", "The CRM does not accept .json files.", "Allow the type in the CRM, or set AttachmentExtension to txt.");

    public static readonly ReasonCode StorageFull = new(
        "STORAGE_FULL", "The CRM, or the pickup folder, has no room left for files.", "Make room; CrmSync goes on by itself.");

    public static readonly ReasonCode UnexpectedResponse = new(
        "UNEXPECTED_RESPONSE",
        "The answer is not one the CRM gives: a redirect, a login page, a proxy's page.",
        "Check the connector's host, and whether a proxy stands between.");

    public static readonly ReasonCode TlsFailed = new(
        "TLS_FAILED", "No trusted encrypted connection could be made; nothing was sent.", "Run 'crmsync check': it shows the certificate.");

    public static readonly ReasonCode RecipientRefused = new(
        "RECIPIENT_REFUSED", "The mail server refuses the recipient's address.", "Check the address in the connector's settings.");

    public static readonly ReasonCode MessageRefused = new(
        "MESSAGE_REFUSED", "The mail server refuses the message.", "Read its answer; size, content filter and sender policy are the usual causes.");

    public static readonly ReasonCode HeldInDoubt = new(
        "HELD_IN_DOUBT",
        "The message may have been delivered, nobody can tell, and the connector is not to risk a second one.",
        "Look in the mailbox: retry if it is not there, cancel if it is.");

    public static readonly ReasonCode ConnectorMisconfigured = new(
        "CONNECTOR_MISCONFIGURED", "The CRM lacks something the connector's settings rely on.", "Run 'crmsync check': it says what and how to mend it.");

    public static readonly ReasonCode ConnectorUnknown = new(
        "CONNECTOR_UNKNOWN", "The connector is no longer configured.", "Configure it again, or cancel the delivery.");

    public static readonly ReasonCode LedgerRestored = new(
        "LEDGER_RESTORED", "The ledger was restored from a backup, and this delivery may have arrived since.", "Nothing: CrmSync asks the CRM whether it arrived, and sends it only if not. Mail cannot be asked after: see InDoubt.");

    public static readonly ReasonCode WorkerDied = new(
        "WORKER_DIED",
        "A worker stopped while it was sending: it may or may not have arrived.",
        "Nothing: CrmSync asks the CRM whether it arrived before it sends again.");

    public static readonly ReasonCode CrashLoop = new(
        "CRASH_LOOP", "The worker died again and again while it held this delivery.", "Look at the session file and the log of those moments, then retry or cancel.");

    public static readonly ReasonCode AttemptsExhausted = new(
        "ATTEMPTS_EXHAUSTED", "It was tried as often as configured.", "Read the last answer, mend the cause, then retry.");

    public static readonly ReasonCode GaveUp = new(
        "GAVE_UP", "The time for retries is over.", "Read the last answer, mend the cause, then retry.");

    public static readonly ReasonCode NewerRevision = new(
        "NEWER_REVISION", "A newer version of the session's file took its place before it was sent.", "Nothing.");

    public static readonly ReasonCode WaitsForLane = new(
        "WAITS_FOR_LANE", "Another delivery to the same record is under way.", "Nothing.");

    public static readonly ReasonCode LedgerUnavailable = new(
        "LEDGER_UNAVAILABLE",
        "The ledger could not be written or read for a while; nothing was sent.",
        "Nothing if it passes: it goes on by itself. Else look at the ledger's disk or database.");

    public static readonly ReasonCode Stopping = new(
        "STOPPING", "The worker was stopped before anything was sent.", "Nothing: it goes on after the start.");

    public static readonly ReasonCode Diverted = new(
        "DIVERTED", "The route's fallback connector takes the session instead.", "Nothing.");

    public static readonly ReasonCode NoRoute = new(
        "NO_ROUTE", "No route matches the session.", "Add a route, or a last one without a condition.");

    public static readonly ReasonCode TemplateFailed = new(
        "TEMPLATE_FAILED", "The template failed for this session; the built-in plain note was delivered instead.", "Run 'crmsync preview' on the session's file and mend the template.");

    public static readonly ReasonCode ParkedByPerson = new(
        "PARKED_BY_PERSON", "Somebody parked it by hand.", "Retry or cancel it.");

    public static readonly ReasonCode PausedByPerson = new(
        "PAUSED_BY_PERSON", "Somebody paused the connector by hand.", "Resume it.");

    public static readonly ReasonCode CancelledByPerson = new(
        "CANCELLED_BY_PERSON", "Somebody cancelled it by hand.", "Nothing.");

    public static readonly ReasonCode SourceUnreadable = new(
        "SOURCE_UNREADABLE", "The kept copy of the session could not be opened.", "Check the ledger's key file; bring back the one this ledger was made with.");

    public static readonly ReasonCode InternalError = new(
        "INTERNAL_ERROR", "CrmSync met a fault of its own.", "Report it with the log lines of that moment; retry meanwhile.");
}
