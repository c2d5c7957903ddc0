namespace CrmSync.Console.Texts;

/// <summary>Setup, login, passwords.</summary>
internal static class AccessTexts
{
    public static readonly Text SetupTitle = new("Set up the console", "Configurar la consola");
    public static readonly Text SetupText = new(
        "Nobody has an account yet. The worker wrote a one-time token to its log when it started. With it you create the first admin.",
        "Todavía no hay cuentas. El worker escribió un código de un solo uso en su registro al arrancar. Con él se crea la primera cuenta de administración.");
    public static readonly Text SetupTokenLabel = new("One-time token", "Código de un solo uso");
    public static readonly Text SetupTokenHint = new("32 characters, from the worker's log.", "32 caracteres, del registro del worker.");
    public static readonly Text SetupTokenWrong = new(
        "The token is not right, or its 30 minutes are over. A restart of the worker makes a new one.",
        "El código no es correcto o sus 30 minutos han pasado. Al reiniciar el worker se crea otro.");
    public static readonly Text SetupButton = new("Create the account", "Crear la cuenta");

    public static readonly Text SignIn = new("Sign in", "Iniciar sesión");
    public static readonly Text Name = new("Name", "Nombre");
    public static readonly Text NameHint = new(
        "Letters, digits and . _ - + @, e.g. ana or ana@example.com.", "Letras, cifras y . _ - + @, por ejemplo ana o ana@example.com.");
    public static readonly Text NameWrong = new("This name cannot be used.", "Este nombre no se puede usar.");
    public static readonly Text Password = new("Password", "Contraseña");
    public static readonly Text SignInFailed = new(
        "Name or password is wrong, or there were too many tries. After 15 minutes you can try again.",
        "El nombre o la contraseña no son correctos, o hubo demasiados intentos. Puede volver a intentarlo pasados 15 minutos.");
    public static readonly Text SignedOut = new("You are signed out", "Ha cerrado la sesión");
    public static readonly Text SignedOutText = new(
        "The session is over, or your rights have changed. Sign in again to go on.", "La sesión terminó o sus permisos han cambiado. Inicie sesión de nuevo para continuar.");

    public static readonly Text PasswordTitle = new("Change password", "Cambiar contraseña");
    public static readonly Text PasswordText = new(
        "You will be signed out everywhere else.", "Se cerrará la sesión en los demás dispositivos.");
    public static readonly Text PasswordMust = new(
        "Somebody else made the password you came in with. Choose one that only you know.",
        "Otra persona creó la contraseña con la que ha entrado. Elija una que solo usted conozca.");
    public static readonly Text CurrentPassword = new("Current password", "Contraseña actual");
    public static readonly Text NewPassword = new("New password", "Contraseña nueva");
    public static readonly Text RepeatPassword = new("Once more", "Otra vez");
    public static readonly Text PasswordHint = new(
        "At least 12 characters. Several words are easier to remember than signs.", "Al menos 12 caracteres. Varias palabras se recuerdan mejor que los signos.");
    public static readonly Text PasswordShort = new("The password needs at least 12 characters.", "La contraseña necesita al menos 12 caracteres.");
    public static readonly Text PasswordLong = new("The password may have at most 128 characters.", "La contraseña puede tener como máximo 128 caracteres.");
    public static readonly Text PasswordGuessable = new(
        "This password is easy to guess. Take words that have nothing to do with each other.",
        "Esta contraseña es fácil de adivinar. Use palabras que no tengan relación entre sí.");
    public static readonly Text PasswordsDiffer = new("The two passwords are not the same.", "Las dos contraseñas no coinciden.");
    public static readonly Text CurrentPasswordWrong = new(
        "The current password is wrong, or there were too many tries.", "La contraseña actual no es correcta o hubo demasiados intentos.");
}
