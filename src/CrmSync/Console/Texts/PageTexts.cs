namespace CrmSync.Console.Texts;

/// <summary>Words that several pages use.</summary>
internal static class PageTexts
{
    public static readonly Text Days = new("d", "d");
    public static readonly Text Hours = new("h", "h");
    public static readonly Text Minutes = new("min", "min");
    public static readonly Text Seconds = new("s", "s");
    public static readonly Text Ago = new("{0} ago", "hace {0}");
    public static readonly Text In = new("in {0}", "en {0}");
    public static readonly Text Yes = new("Yes", "Sí");
    public static readonly Text No = new("No", "No");
    public static readonly Text All = new("All", "Todos");
    public static readonly Text Any = new("Any", "Cualquiera");
    public static readonly Text None = new("None", "Ninguno");
    public static readonly Text More = new("More", "Más");
    public static readonly Text Source = new("Source", "Origen");
    public static readonly Text Connector = new("Connector", "Conector");
    public static readonly Text Reason = new("Reason", "Motivo");
    public static readonly Text WhatToDo = new("What to do", "Qué hacer");
    public static readonly Text Session = new("Session", "Sesión");
    public static readonly Text Ticket = new("Ticket", "Ticket");
    public static readonly Text Queue = new("Queue", "Cola");
    public static readonly Text When = new("When", "Cuándo");
    public static readonly Text OpensInCrm = new("opens in the CRM", "se abre en el CRM");
    public static readonly Text NeedsRight = new("Hidden: your account has no right to see personal data.", "Oculto: su cuenta no tiene permiso para ver datos personales.");
    public static readonly Text AsTable = new("Show as a table", "Mostrar como tabla");
    public static readonly Text NotChanged = new("Nothing was changed.", "No se ha cambiado nada.");
    public static readonly Text LedgerTrouble = new("The ledger cannot be read right now: {0}", "El libro de registro no se puede leer ahora: {0}");
}
