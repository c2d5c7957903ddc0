namespace CrmSync.Console.Texts;

internal static class QuarantineTexts
{
    public static readonly Text Title = new("Quarantined files", "Archivos en cuarentena");
    public static readonly Text Short = new("Quarantine", "Cuarentena");
    public static readonly Text Lead = new("Files that could not be used. Nothing of them was delivered; they stay where they are.", "Archivos que no se pudieron usar. No se entregó nada de ellos; siguen donde estaban.");
    public static readonly Text File = new("File", "Archivo");
    public static readonly Text Size = new("Size", "Tamaño");
    public static readonly Text Found = new("Found", "Encontrado");
    public static readonly Text EmptyTitle = new("No file is in quarantine", "Ningún archivo en cuarentena");
    public static readonly Text EmptyText = new("Files that are broken, too large or no session files would be listed here with the reason.", "Aquí aparecerían, con su motivo, los archivos rotos, demasiado grandes o que no son de sesión.");
    public static readonly Text Again = new("A file that is written again is read again by itself.", "Un archivo que se vuelve a escribir se lee de nuevo por sí solo.");
}
