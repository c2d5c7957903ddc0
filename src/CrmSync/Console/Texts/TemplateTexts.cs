namespace CrmSync.Console.Texts;

internal static class TemplateTexts
{
    public static readonly Text Lead = new("What notes look like, with the language of Scriban. Change one and see it on a real session before it is saved.", "El aspecto de las notas, en el lenguaje Scriban. Cambie una y véala con una sesión real antes de guardarla.");
    public static readonly Text Folder = new("Folder", "Carpeta");
    public static readonly Text File = new("File", "Archivo");
    public static readonly Text UsedBy = new("Used by", "La usan");
    public static readonly Text Language = new("Language", "Idioma");
    public static readonly Text EveryLanguage = new("every other", "los demás");
    public static readonly Text Shared = new("other templates", "otras plantillas");
    public static readonly Text Nobody = new("nothing", "nada");
    public static readonly Text State = new("State", "Estado");
    public static readonly Text Good = new("Compiles", "Compila");
    public static readonly Text Broken = new("Errors: {0}", "Errores: {0}");
    public static readonly Text Editor = new("Template", "Plantilla");
    public static readonly Text Preview = new("Preview", "Vista previa");
    public static readonly Text PreviewOf = new("Session to preview with", "Sesión para la vista previa");
    public static readonly Text PreviewStored = new("A stored session: its number or key", "Una sesión guardada: su número o clave");
    public static readonly Text PreviewUnknown = new("No kept session is named {0}.", "Ninguna sesión guardada se llama {0}.");
    public static readonly Text Samples = new("Samples", "Ejemplos");
    public static readonly Text Stored = new("Latest sessions", "Últimas sesiones");
    public static readonly Text Save = new("Save", "Guardar");
    public static readonly Text Saved = new("{0} is saved. The next note is written with it.", "{0} se ha guardado. La próxima nota se escribirá con ella.");
    public static readonly Text Discard = new("Discard changes", "Descartar cambios");
    public static readonly Text Unsaved = new("Changed, not saved", "Cambiada, sin guardar");
    public static readonly Text HasErrors = new("Mend the errors first: a broken template is not saved.", "Corrija antes los errores: una plantilla rota no se guarda.");
    public static readonly Text Line = new("Line {0}, column {1}", "Línea {0}, columna {1}");
    public static readonly Text NotWriteable = new("CrmSync may not write {0}. Apply this change to the file, then restart the worker:", "CrmSync no puede escribir {0}. Aplique este cambio al archivo y reinicie el worker:");
    public static readonly Text ChangedOnDisk = new("{0} was changed on disk meanwhile. Load the page again to see that change.", "{0} cambió en el disco entretanto. Recargue la página para ver ese cambio.");
    public static readonly Text UnknownTitle = new("There is no such template", "No existe esa plantilla");
    public static readonly Text UnknownText = new("It may have been renamed or removed.", "Puede haberse renombrado o quitado.");
    public static readonly Text BackToAll = new("All templates", "Todas las plantillas");
    public static readonly Text NotUsedHere = new("No configured connector uses this template, so there is nothing to preview.", "Ningún conector configurado usa esta plantilla; no hay vista previa.");
    public static readonly Text OnlyAdmins = new("Only admins may save templates.", "Solo la administración puede guardar plantillas.");
    public static readonly Text Empty = new("There are no templates", "No hay plantillas");
    public static readonly Text EmptyText = new("Name their folder in Notes:TemplatesFolder; until then notes are plain.", "Indique su carpeta en Notes:TemplatesFolder; hasta entonces las notas son simples.");
}
