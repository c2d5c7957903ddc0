namespace CrmSync.Console.Texts;

/// <summary>The page where accounts are administered.</summary>
internal static class AccountTexts
{
    public static readonly Text Intro = new(
        "Who may come in, and what they may do. Everything here is written to the audit.", "Quién puede entrar y qué puede hacer. Todo lo de aquí queda en la auditoría.");
    public static readonly Text New = new("New account", "Cuenta nueva");
    public static readonly Text Create = new("Create", "Crear");
    public static readonly Text Edit = new("Change", "Cambiar");
    public static readonly Text EditOf = new("Change {0}", "Cambiar {0}");
    public static readonly Text Role = new("Role", "Rol");
    public static readonly Text RoleHint = new(
        "Viewer looks. Operator also retries, cancels, pauses. Admin also changes templates, accounts and reads the audit.",
        "Consulta mira. Operación además reintenta, cancela y pausa. Administración además cambia plantillas y cuentas y lee la auditoría.");
    public static readonly Text SeePersonal = new("Sees phone numbers and the text of notes", "Ve números de teléfono y el texto de las notas");
    public static readonly Text PersonalData = new("Personal data", "Datos personales");
    public static readonly Text Visible = new("visible", "visibles");
    public static readonly Text Hidden = new("hidden", "ocultos");
    public static readonly Text MayLogIn = new("May sign in", "Puede iniciar sesión");
    public static readonly Text State = new("State", "Estado");
    public static readonly Text Active = new("active", "activa");
    public static readonly Text Disabled = new("disabled", "desactivada");
    public static readonly Text Invited = new("has not chosen a password", "no ha elegido contraseña");
    public static readonly Text LastLogin = new("Last sign-in", "Último acceso");
    public static readonly Text Never = new("never", "nunca");
    public static readonly Text Sessions = new("Signed in", "Sesiones abiertas");
    public static readonly Text ResetPassword = new("New one-time password", "Nueva contraseña de un solo uso");
    public static readonly Text SignOutEverywhere = new("Sign out everywhere", "Cerrar todas las sesiones");
    public static readonly Text You = new("you", "usted");

    public static readonly Text NameTaken = new("There is an account with this name already.", "Ya existe una cuenta con este nombre.");
    public static readonly Text LastAdmin = new(
        "This is the last admin who may sign in. Make somebody else an admin first.", "Es la última cuenta de administración que puede entrar. Dé antes ese rol a otra.");
    public static readonly Text Gone = new("This account is not there any more.", "Esta cuenta ya no existe.");
    public static readonly Text Saved = new("{0} was changed.", "{0} se ha cambiado.");
    public static readonly Text Ended = new("{0} is signed out everywhere.", "{0} ya no tiene sesiones abiertas.");
    public static readonly Text OneTimePassword = new(
        "Hand this password to {0}. It is shown only now, and has to be changed at the first sign-in:",
        "Entregue esta contraseña a {0}. Solo se muestra ahora y deberá cambiarse en el primer acceso:");
}
