using System.Net;
using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Salesforce's answers, in our words: the only place that reads its status and error codes. Sources: REST API guide, "Status Codes and
/// Error Responses"; SOAP API guide, "StatusCode"; where one code has two meanings the message decides.
/// </summary>
internal static class SalesforceFaults
{
    private static readonly TimeSpan ConcurrencyWait = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(20);

    /// <summary>The session ended; a login mends it. The same code with other words is a ban that no login mends.</summary>
    public static bool IsExpired(SalesforceTrouble? trouble) =>
        trouble is { Kind: SalesforceTroubleKind.Answered, Status: HttpStatusCode.Unauthorized } && !IsBanned(trouble.Text);

    /// <summary>What a failed write came to, for everything it carried.</summary>
    public static Outcome ToOutcome(SalesforceTrouble trouble) => trouble.Kind switch
    {
        SalesforceTroubleKind.NeverSent => new Outcome.Deferred(Unreachable(trouble), SpendsAttempt: false),
        SalesforceTroubleKind.Stopped => new Outcome.Deferred(
            new Fault(ReasonCodes.Stopping, "The worker was stopped before anything was sent."), SpendsAttempt: false),
        SalesforceTroubleKind.Unanswered => new Outcome.InDoubt(
            new Fault(ReasonCodes.NoAnswer, "Salesforce did not answer; it may have been carried out.", trouble.Connection?.ToString())),
        SalesforceTroubleKind.OverQuota => new Outcome.Halted(
            new Fault(ReasonCodes.QuotaExhausted, "The configured share of the org's daily API calls is used up."), SalesforceQuota.ProbeEvery),
        SalesforceTroubleKind.TooMany => new Outcome.Deferred(
            new Fault(ReasonCodes.CrmUnavailable, "The records already hold more files and notes than CrmSync reads to find its own.")),
        SalesforceTroubleKind.SignInFailed => SignIn(trouble),
        _ => Answered(trouble),
    };

    /// <summary>What a failed read, or a write that may be repeated at will, came to: never in doubt.</summary>
    public static Outcome Harmless(SalesforceTrouble trouble) => ToOutcome(trouble) switch
    {
        Outcome.InDoubt(var fault) => new Outcome.Deferred(fault with { Reason = ReasonCodes.CrmUnavailable }, SpendsAttempt: false),
        var other => other,
    };

    /// <summary>What one refused record came to: a node of a graph or composite call, or an entry of a collection. It was rolled back.</summary>
    public static Outcome ToOutcome(ApiError error) => error.Code switch
    {
        "UNABLE_TO_LOCK_ROW" => Busy(error),
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" or "CANNOT_EXECUTE_FLOW_TRIGGER" when IsPassing(error.Message) => Busy(error),
        "ENTITY_IS_DELETED" => Refused(ReasonCodes.TicketDeleted, "The record was deleted.", error),
        "NOT_FOUND" or "INVALID_CROSS_REFERENCE_KEY" => Refused(ReasonCodes.TicketNotFound, "Salesforce has no such record, or hides it.", error),
        "MALFORMED_ID" or "INVALID_ID_FIELD" => Refused(ReasonCodes.TicketIdUnusable, "The id is none of this kind of record.", error),
        "STORAGE_LIMIT_EXCEEDED" => new Outcome.Halted(Say(ReasonCodes.StorageFull, "The org has no storage left.", error)),
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY" => Refused(ReasonCodes.PermissionMissing, "The user may not write to this record.", error),
        "INSUFFICIENT_ACCESS_OR_READONLY" or "INSUFFICIENT_ACCESS" =>
            Refused(ReasonCodes.PermissionMissing, "The user may not create this.", error),
        "INVALID_FIELD" or "INVALID_TYPE" or "INVALID_FIELD_FOR_INSERT_UPDATE" => new Outcome.Halted(
            Say(ReasonCodes.ConnectorMisconfigured, $"An object or field is missing or not writeable. {error.Message}", error)),
        "LIMIT_EXCEEDED" or "REQUEST_LIMIT_EXCEEDED" or "UNKNOWN_EXCEPTION" or "QUERY_TIMEOUT" or "SERVER_UNAVAILABLE" =>
            new Outcome.Deferred(Say(ReasonCodes.CrmUnavailable, "Salesforce failed while it worked on it.", error)),
        "PROCESSING_HALTED" or "ALL_OR_NONE_OPERATION_ROLLED_BACK" => new Outcome.Deferred(
            Say(ReasonCodes.CrmUnavailable, "Not attempted: others of the same call failed.", error), SpendsAttempt: false),
        // The customer's own words to whoever must act; the messages of other codes quote the value, which may be note text.
        "FIELD_CUSTOM_VALIDATION_EXCEPTION" or "REQUIRED_FIELD_MISSING" => Refused(ReasonCodes.CrmRefused, $"Salesforce refused it: {error.Message}", error),
        _ => Refused(ReasonCodes.CrmRefused, error.Fields is [_, ..] names ? $"Salesforce refused it because of {string.Join(", ", names)}." : "Salesforce refused it.", error),
    };

    /// <summary>The record is not where the session says; following a merge may find it.</summary>
    public static bool IsGone(ApiError error) => IsGone(error.Code);

    public static bool IsGone(string code) => code is "ENTITY_IS_DELETED" or "NOT_FOUND" or "INVALID_CROSS_REFERENCE_KEY";

    /// <summary>The org has no such object, or the user may not see it.</summary>
    public static bool IsUnknownObject(ApiError error) => error.Code is "NOT_FOUND" or "INVALID_TYPE";

    public static Outcome PackageMissing(ApiError error) => new Outcome.Halted(Say(
        ReasonCodes.ConnectorMisconfigured,
        "The object CrmSync_Delivery__c is not there: install the package, give the user its permission set, or set Package to false and Transport to Composite.",
        error));

    /// <summary>Our unique key was used before.</summary>
    public static bool IsDuplicate(ApiError error) => error.Code == "DUPLICATE_VALUE";

    /// <summary>A message about another node of the same transaction.</summary>
    public static bool IsDerived(ApiError error) => error.Code is "PROCESSING_HALTED" or "ALL_OR_NONE_OPERATION_ROLLED_BACK";

    /// <summary>The org is short of room for requests: fewer and smaller ones help.</summary>
    public static bool IsCrowded(SalesforceTrouble trouble) => trouble is { Code: "REQUEST_LIMIT_EXCEEDED" } && !IsDaily(trouble.Text);

    private static Outcome Answered(SalesforceTrouble trouble)
    {
        var code = trouble.Code ?? $"HTTP {(int)trouble.Status}";
        return (trouble.Code, (int)trouble.Status) switch
        {
            ("REQUEST_LIMIT_EXCEEDED", _) => IsDaily(trouble.Text)
                ? new Outcome.Halted(new Fault(ReasonCodes.QuotaExhausted, "The org's daily API calls are used up.", code), SalesforceQuota.ProbeEvery)
                : new Outcome.Deferred(new Fault(ReasonCodes.RateLimited, "Too many long calls run in this org.", code), ConcurrencyWait, SpendsAttempt: false),
            ("TXN_SECURITY_METERING_ERROR", _) => Halted(ReasonCodes.PermissionMissing, "A transaction security policy stops it; exempt the user from it.", code),
            ("API_DISABLED_FOR_ORG" or "API_CURRENTLY_DISABLED", _) => Halted(ReasonCodes.PermissionMissing, "The API is not enabled for this user or org.", code),
            (_, 401) => Halted(ReasonCodes.AuthFailed, IsBanned(trouble.Text) ? "The app's policies do not let this session in: check IP restrictions." : "Salesforce ends each session at once.", code),
            ("NOT_FOUND", 404) => Halted(ReasonCodes.ConnectorMisconfigured, "The org does not know this resource: check ApiVersion, and whether the package is installed.", code),
            (_, 406 or 420 or 429) => new Outcome.Deferred(new Fault(ReasonCodes.RateLimited, "Salesforce's edge asked to slow down.", code), trouble.RetryAfter ?? ConcurrencyWait, SpendsAttempt: false),
            (_, 410) => Halted(ReasonCodes.ConnectorMisconfigured, "The API version is retired: set a newer ApiVersion.", code),
            (_, 413) => new Outcome.Refused(new Fault(ReasonCodes.TooLargeForCrm, "The call is larger than Salesforce takes.", code)),
            (_, >= 500 or 408) => new Outcome.InDoubt(new Fault(ReasonCodes.CrmUnavailable, "Salesforce failed while it worked on it.", code)),
            (null, _) => Halted(ReasonCodes.UnexpectedResponse, "The answer is not Salesforce's: a redirect, a login page or a proxy's page.", code),
            (_, 403) => Halted(ReasonCodes.PermissionMissing, $"Salesforce does not allow it. {trouble.Text}", code),
            _ => ToOutcome(new ApiError(code, StatusCode: null, trouble.Text, Fields: null)),
        };
    }

    private static Outcome.Halted SignIn(SalesforceTrouble trouble)
    {
        var text = trouble.Text ?? "no reason given";
        return text.Contains("login rate exceeded", StringComparison.OrdinalIgnoreCase) || trouble.Code == "login_guard"
            ? new Outcome.Halted(new Fault(ReasonCodes.AuthFailed, "Too many logins within an hour.", trouble.Code), TimeSpan.FromMinutes(30))
            : Halted(ReasonCodes.AuthFailed, $"Salesforce gave no token: {text}.", trouble.Code ?? "OAuth");
    }

    private static Fault Unreachable(SalesforceTrouble trouble) => trouble.Connection is HttpRequestError.SecureConnectionError
        ? new Fault(ReasonCodes.TlsFailed, "No trusted encrypted connection to Salesforce could be made.", trouble.Connection.ToString())
        : new Fault(ReasonCodes.CrmUnreachable, "Salesforce could not be reached; nothing was sent.", trouble.Connection?.ToString());

    private static bool IsBanned(string? text) => text is not null
        && (text.Contains("not valid for use with the REST API", StringComparison.OrdinalIgnoreCase)
            || text.Contains("not attached to Agent", StringComparison.OrdinalIgnoreCase));

    private static bool IsDaily(string? text) => text?.Contains("TotalRequests", StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsPassing(string? text) => text is not null
        && (text.Contains("UNABLE_TO_LOCK_ROW", StringComparison.Ordinal) || text.Contains("LimitException", StringComparison.Ordinal));

    private static Outcome.Deferred Busy(ApiError error) => new(Say(ReasonCodes.RecordBusy, "Somebody else was writing to the record.", error), LockWait);

    private static Outcome.Refused Refused(ReasonCode reason, string text, ApiError error) => new(Say(reason, text, error));

    private static Outcome.Halted Halted(ReasonCode reason, string text, string code) => new(new Fault(reason, text, code));

    private static Fault Say(ReasonCode reason, string text, ApiError error) => new(reason, text, error.Code);
}
