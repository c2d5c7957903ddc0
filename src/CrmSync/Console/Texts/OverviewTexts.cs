namespace CrmSync.Console.Texts;

internal static class OverviewTexts
{
    public static readonly Text Lead = new("What came in, what went out, and what waits.", "Qué ha entrado, qué ha salido y qué espera.");
    public static readonly Text LastDay = new("24 hours", "24 horas");
    public static readonly Text LastWeek = new("7 days", "7 días");
    public static readonly Text LastMonth = new("30 days", "30 días");
    public static readonly Text Range = new("Time range", "Intervalo");
    public static readonly Text PickedUp = new("Sessions picked up", "Sesiones recogidas");
    public static readonly Text Delivered = new("Delivered", "Entregadas");
    public static readonly Text WaitingNow = new("Waiting", "En espera");
    public static readonly Text NeedsPersonNow = new("Need a person", "Requieren atención");
    public static readonly Text InRange = new("in {0}", "en {0}");
    public static readonly Text DueNow = new("{0} due now", "{0} ya vencidas");
    public static readonly Text NothingWaits = new("nothing waits", "nada espera");
    public static readonly Text NothingDue = new("none due yet", "ninguna vencida aún");
    public static readonly Text OldestSince = new("oldest for {0}", "la más antigua desde hace {0}");
    public static readonly Text AllClear = new("all clear", "todo en orden");
    public static readonly Text ReasonsKinds = new("{0} reasons", "{0} motivos");
    public static readonly Text OneReason = new("one reason", "un motivo");
    public static readonly Text ChartTitle = new("Sessions and deliveries over time", "Sesiones y entregas en el tiempo");
    public static readonly Text ChartAlt = new(
        "{0} sessions picked up, {1} deliveries made, {2} still waiting and {3} need a person in {4}.",
        "{0} sesiones recogidas, {1} entregas hechas, {2} aún en espera y {3} requieren atención en {4}.");
    public static readonly Text SeriesDelivered = new("Delivered", "Entregadas");
    public static readonly Text SeriesWaiting = new("Still waiting", "Aún en espera");
    public static readonly Text SeriesPerson = new("Need a person", "Requieren atención");
    public static readonly Text SeriesPickedUp = new("Sessions picked up", "Sesiones recogidas");
    public static readonly Text Connectors = new("Connectors", "Conectores");
    public static readonly Text OldestWaiting = new("Oldest due", "Más antigua vencida");
    public static readonly Text LastHour = new("Last hour", "Última hora");
    public static readonly Text LastDayShort = new("24 hours", "24 horas");
    public static readonly Text Quota = new("API calls", "Llamadas API");
    public static readonly Text QuotaUnknown = new("not told yet", "aún sin datos");
    public static readonly Text QuotaNone = new("no quota", "sin cuota");
    public static readonly Text PersonTitle = new("What needs a person", "Qué requiere atención");
    public static readonly Text PersonNone = new("Nothing needs a person.", "Nada requiere atención.");
    public static readonly Text PersonNoneText = new("Deliveries that CrmSync cannot decide about would be listed here, by reason.", "Aquí aparecerían, por motivo, las entregas que CrmSync no puede decidir.");
    public static readonly Text ShowThem = new("Show", "Mostrar");
    public static readonly Text Sources = new("Sources", "Orígenes");
    public static readonly Text LastPickUp = new("Last pick-up", "Última recogida");
    public static readonly Text LastGood = new("last good {0}", "última correcta {0}");
    public static readonly Text SourceNever = new("not looked at yet", "aún sin revisar");
    public static readonly Text SourceGood = new("read", "leído");
    public static readonly Text SourceBad = new("cannot be read", "no se puede leer");
    public static readonly Text SourceSeen = new("{0} files seen, {1} recorded, {2} quarantined", "{0} archivos vistos, {1} registrados, {2} en cuarentena");
    public static readonly Text PickUpNow = new("Pick up now", "Recoger ahora");
    public static readonly Text EmptyTitle = new("No session has been picked up yet", "Aún no se ha recogido ninguna sesión");
    public static readonly Text EmptyText = new(
        "Put a session file into a source's folder, or send one as a test. It appears here after the next pick-up.",
        "Ponga un archivo de sesión en la carpeta de un origen o envíe uno de prueba. Aparecerá aquí tras la próxima recogida.");
    public static readonly Text NotFinal = new("{0} sessions are not over yet", "{0} sesiones aún no han terminado");
}
