namespace CrmSync.Console.Texts;

internal static class AlertTexts
{
    public static readonly Text Lead = new("What somebody should know about while it lasts. The same goes to the log and, where set up, to a webhook.", "Lo que alguien debería saber mientras dure. También va al registro y, si está configurado, a un webhook.");
    public static readonly Text EmptyTitle = new("No alerts.", "Sin alertas.");
    public static readonly Text EmptyText = new("Trouble that lasts (a connector that stands still, a source that cannot be read, deliveries that wait) would be listed here.", "Aquí aparecerían los problemas que duran: un conector parado, un origen ilegible, entregas en espera.");
    public static readonly Text Since = new("since", "desde");
    public static readonly Text ConnectorPaused = new("{0} stands still", "{0} está parado");
    public static readonly Text NeedsPerson = new("Deliveries need a person", "Hay entregas que requieren atención");
    public static readonly Text DeliveriesWaiting = new("Deliveries wait too long", "Hay entregas que esperan demasiado");
    public static readonly Text SourceSilent = new("The source {0} cannot be read", "El origen {0} no se puede leer");
    public static readonly Text Quarantine = new("Files came into quarantine", "Han entrado archivos en cuarentena");
    public static readonly Text LedgerTrouble = new("The ledger is in trouble", "El libro de registro tiene problemas");
}
