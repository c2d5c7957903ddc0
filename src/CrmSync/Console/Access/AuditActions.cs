namespace CrmSync.Console.Access;

/// <summary>The words that the audit uses for what people do. Retry, park and cancel are written by the ledger itself.</summary>
internal static class AuditActions
{
    public const string Setup = "setup";
    public const string SignIn = "sign_in";
    public const string SignInFailed = "sign_in_failed";
    public const string SignInLocked = "sign_in_locked";
    public const string SignOut = "sign_out";
    public const string PasswordChanged = "password_changed";
    public const string PasswordReset = "password_reset";
    public const string AccountCreated = "account_created";
    public const string AccountChanged = "account_changed";
    public const string AccountDisabled = "account_disabled";
    public const string AccountEnabled = "account_enabled";
    public const string SessionsEnded = "sessions_ended";
    public const string Retry = "retry";
    public const string Park = "park";
    public const string Cancel = "cancel";
    public const string TicketSet = "ticket_set";
    public const string ConnectorPaused = "connector_paused";
    public const string ConnectorResumed = "connector_resumed";
    public const string PickUp = "pick_up";
    public const string TestSent = "test_sent";
    public const string Checked = "checked";
    public const string TemplateSaved = "template_saved";

    /// <summary>In the order of the filter on the audit's page.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        SignIn, SignInFailed, SignInLocked, SignOut, Setup, PasswordChanged, PasswordReset,
        AccountCreated, AccountChanged, AccountDisabled, AccountEnabled, SessionsEnded,
        Retry, Park, Cancel, TicketSet, ConnectorPaused, ConnectorResumed, PickUp, TestSent, Checked, TemplateSaved,
    ];
}
