namespace CrmSync.Console.Texts;

internal static class AlertTexts
{
    public static readonly Text Lead = new("What somebody should know about while it lasts. The same goes to the log and, where set up, to a webhook.", "Lo que alguien debería saber mientras dure. También va al registro y, si está configurado, a un webhook.");
    public static readonly Text EmptyText = new("Trouble that lasts (a connector that stands still, a source that cannot be read, deliveries that wait) would be listed here.", "Aquí aparecerían los problemas que duran: un conector parado, un origen ilegible, entregas en espera.");
    public static readonly Text Since = new("since", "desde");
    public static readonly Text Open = new("Look at it", "Verlo");
}
