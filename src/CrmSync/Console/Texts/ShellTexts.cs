using CrmSync.Ledger.Access;

namespace CrmSync.Console.Texts;

/// <summary>What stands around the pages: navigation, user menu, and what every page may need.</summary>
internal static class ShellTexts
{
    public static readonly Text SkipToContent = new("Skip to content", "Saltar al contenido");
    public static readonly Text Menu = new("Menu", "Menú");
    public static readonly Text MainNavigation = new("Main", "Principal");
    public static readonly Text Overview = new("Overview", "Resumen");
    public static readonly Text Sessions = new("Sessions", "Sesiones");
    public static readonly Text Connectors = new("Connectors", "Conectores");
    public static readonly Text Templates = new("Templates", "Plantillas");
    public static readonly Text Alerts = new("Alerts", "Alertas");
    public static readonly Text Audit = new("Audit", "Auditoría");
    public static readonly Text Accounts = new("Accounts", "Cuentas");

    public static readonly Text Language = new("Language", "Idioma");
    public static readonly Text Colours = new("Colours", "Colores");
    public static readonly Text ThemeSystem = new("As the system", "Según el sistema");
    public static readonly Text ThemeLight = new("Light", "Claro");
    public static readonly Text ThemeDark = new("Dark", "Oscuro");
    public static readonly Text Apply = new("Apply", "Aplicar");
    public static readonly Text SignOut = new("Sign out", "Cerrar sesión");
    public static readonly Text ChangePassword = new("Change password", "Cambiar contraseña");

    public static readonly Text Viewer = new("Viewer", "Consulta");
    public static readonly Text Operator = new("Operator", "Operación");
    public static readonly Text Admin = new("Admin", "Administración");

    public static readonly Text Shortcuts = new("Keyboard shortcuts", "Atajos de teclado");
    public static readonly Text ShortcutSearch = new("Search on this page", "Buscar en esta página");
    public static readonly Text ShortcutHelp = new("Show this list", "Mostrar esta lista");
    public static readonly Text Close = new("Close", "Cerrar");

    public static readonly Text Loading = new("Loading…", "Cargando…");
    public static readonly Text Cancel = new("Cancel", "Cancelar");
    public static readonly Text Save = new("Save", "Guardar");

    public static readonly Text NotFoundTitle = new("There is no such page", "Esta página no existe");
    public static readonly Text NotFoundText = new(
        "The address may be mistyped, or what it showed is no longer kept.", "La dirección puede estar mal escrita, o lo que mostraba ya no se conserva.");
    public static readonly Text BackToStart = new("To the start", "Ir al inicio");
    public static readonly Text DeniedTitle = new("Your account may not open this", "Su cuenta no puede abrir esto");
    public static readonly Text DeniedText = new(
        "It needs another role. Ask somebody with the role Admin to give it to you.", "Requiere otro rol. Pídalo a alguien con el rol Administración.");
    public static readonly Text ErrorTitle = new("Something went wrong here", "Algo ha fallado");
    public static readonly Text ErrorText = new(
        "It is written to the worker's log under the number below. Deliveries go on; this page only shows them.",
        "Consta en el registro del worker con el número siguiente. Las entregas continúan; esta página solo las muestra.");
    public static readonly Text ErrorNumber = new("Number", "Número");
    public static readonly Text TryAgain = new("Try again", "Intentar de nuevo");

    public static readonly Text Reconnecting = new("The connection to the worker was lost. Trying again…", "Se perdió la conexión con el worker. Reintentando…");
    public static readonly Text ReconnectFailed = new("The worker does not answer.", "El worker no responde.");
    public static readonly Text Reload = new("Reload the page", "Recargar la página");

    public static Text Role(ConsoleRole role) => role switch
    {
        ConsoleRole.Viewer => Viewer,
        ConsoleRole.Operator => Operator,
        _ => Admin,
    };

    public static Text Theme(string theme) => theme switch
    {
        "light" => ThemeLight,
        "dark" => ThemeDark,
        _ => ThemeSystem,
    };
}
