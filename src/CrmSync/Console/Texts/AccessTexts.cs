namespace CrmSync.Console.Texts;

/// <summary>Login, setup, accounts.</summary>
internal static class AccessTexts
{
    public static readonly Text SetupTitle = new("Set up the console", "Configurar la consola");
    public static readonly Text SetupText = new(
        "Nobody has an account yet. The worker wrote a one-time token to its log when it started; with it you create the first admin.",
        "Todavía no hay cuentas. El worker escribió un código de un solo uso en su registro al arrancar; con él se crea la primera cuenta de administración.");
    public static readonly Text SetupTokenLabel = new("One-time token", "Código de un solo uso");
    public static readonly Text SetupTokenHint = new("32 characters, from the worker's log.", "32 caracteres, del registro del worker.");
    public static readonly Text SetupTokenWrong = new(
        "The token is not right, or its 30 minutes are over. A restart of the worker makes a new one.",
        "El código no es correcto o sus 30 minutos han pasado. Al reiniciar el worker se crea otro.");
    public static readonly Text SetupButton = new("Set up", "Configurar");
    public static readonly Text SignIn = new("Sign in", "Iniciar sesión");
}
