using CrmSync.Console.Access;

namespace CrmSync.Console.Texts;

/// <summary>The audit's page, and its words for what people do.</summary>
internal static class AuditTexts
{
    public static readonly Text Intro = new(
        "Who did what, when, and from where. Lines are added and never changed or deleted.", "Quién hizo qué, cuándo y desde dónde. Las líneas se añaden; nunca se cambian ni se borran.");
    public static readonly Text When = new("When", "Cuándo");
    public static readonly Text Who = new("Who", "Quién");
    public static readonly Text What = new("What", "Qué");
    public static readonly Text Subject = new("On what", "Sobre qué");
    public static readonly Text From = new("From", "Desde");
    public static readonly Text Everybody = new("everybody", "todos");
    public static readonly Text Everything = new("everything", "todo");
    public static readonly Text Since = new("Since", "Desde el día");
    public static readonly Text Older = new("Older", "Anteriores");
    public static readonly Text Newest = new("Newest", "Más recientes");
    public static readonly Text NobodyYet = new("before sign-in", "sin sesión");
    public static readonly Text CommandLine = new("command line", "línea de comandos");
    public static readonly Text DeliveriesChanged = new("deliveries: {0}", "entregas: {0}");
    public static readonly Text OneDelivery = new("delivery {0}", "entrega {0}");
    public static readonly Text Empty = new("No line fits", "Ninguna línea coincide");
    public static readonly Text EmptyText = new("Widen the filter: another person, another action, an earlier day.", "Amplíe el filtro: otra persona, otra acción, un día anterior.");

    private static readonly Dictionary<string, Text> Words = new(StringComparer.Ordinal)
    {
        [AuditActions.Setup] = new("set up the console", "configuró la consola"),
        [AuditActions.SignIn] = new("signed in", "inició sesión"),
        [AuditActions.SignInFailed] = new("failed to sign in", "no pudo iniciar sesión"),
        [AuditActions.SignInLocked] = new("was shut out after failed sign-ins", "quedó bloqueado tras intentos fallidos"),
        [AuditActions.SignOut] = new("signed out", "cerró sesión"),
        [AuditActions.PasswordChanged] = new("changed the own password", "cambió su contraseña"),
        [AuditActions.PasswordReset] = new("made a one-time password", "creó una contraseña de un solo uso"),
        [AuditActions.AccountCreated] = new("created an account", "creó una cuenta"),
        [AuditActions.AccountChanged] = new("changed an account", "cambió una cuenta"),
        [AuditActions.AccountDisabled] = new("disabled an account", "desactivó una cuenta"),
        [AuditActions.AccountEnabled] = new("enabled an account", "activó una cuenta"),
        [AuditActions.SessionsEnded] = new("signed somebody out everywhere", "cerró todas las sesiones de alguien"),
        [AuditActions.Retry] = new("retried", "reintentó"),
        [AuditActions.Park] = new("parked", "apartó"),
        [AuditActions.Cancel] = new("cancelled", "canceló"),
        [AuditActions.TicketSet] = new("set a ticket by hand", "asignó un ticket a mano"),
        [AuditActions.ConnectorPaused] = new("paused a connector", "pausó un conector"),
        [AuditActions.ConnectorResumed] = new("resumed a connector", "reanudó un conector"),
        [AuditActions.PickUp] = new("started a pick-up", "inició una recogida"),
        [AuditActions.TestSent] = new("sent a session as a test", "envió una sesión de prueba"),
        [AuditActions.Checked] = new("ran the checks", "ejecutó las comprobaciones"),
        [AuditActions.TemplateSaved] = new("saved a template", "guardó una plantilla"),
    };

    /// <summary>The action in words; null for one that only a later program knows.</summary>
    public static Text? Action(string action) => Words.GetValueOrDefault(action);
}
