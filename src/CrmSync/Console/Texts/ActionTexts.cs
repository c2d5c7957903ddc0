namespace CrmSync.Console.Texts;

/// <summary>What people do, what they are asked before, and what is said afterwards.</summary>
internal static class ActionTexts
{
    public static readonly Text Retry = new("Retry", "Reintentar");
    public static readonly Text RetryQuestion = new("Try this delivery again now? One that may have arrived is asked after first.", "¿Reintentar esta entrega ahora? Si puede haber llegado, antes se pregunta por ella.");
    public static readonly Text Retried = new("Deliveries that are tried again now: {0}.", "Entregas que se reintentan ahora: {0}.");
    public static readonly Text RetriedOne = new("The delivery is tried again now.", "La entrega se reintenta ahora.");
    public static readonly Text Cancel = new("Cancel delivery", "Cancelar entrega");
    public static readonly Text CancelQuestion = new("Cancel this delivery? The note will not reach {0}.", "¿Cancelar esta entrega? La nota no llegará a {0}.");
    public static readonly Text Cancelled = new("The delivery was cancelled.", "La entrega se ha cancelado.");
    public static readonly Text Park = new("Hold back", "Retener");
    public static readonly Text ParkQuestion = new("Hold this delivery back until somebody retries or cancels it?", "¿Retener esta entrega hasta que alguien la reintente o la cancele?");
    public static readonly Text Parked = new("The delivery is held back.", "La entrega queda retenida.");
    public static readonly Text NothingFits = new("Nothing was changed: it was delivered meanwhile, is being sent, or a newer revision took its place.", "No se cambió nada: entretanto se entregó, se está enviando o una revisión más reciente ocupó su lugar.");
    public static readonly Text SetTicket = new("Set ticket", "Fijar ticket");
    public static readonly Text SetTicketTitle = new("Which record does this session belong to?", "¿A qué registro pertenece esta sesión?");
    public static readonly Text SetTicketHint = new("The record's number or id in {0}, or its address. {0} is asked whether it exists before anything is written.", "El número o id del registro en {0}, o su dirección. Se pregunta a {0} si existe antes de escribir nada.");
    public static readonly Text TicketEmpty = new("Write a number, an id or an address.", "Escriba un número, un id o una dirección.");
    public static readonly Text TicketSet = new("The delivery now goes to {0}, if {1} knows that record.", "La entrega va ahora a {0}, si {1} conoce ese registro.");
    public static readonly Text RetryAllQuestion = new("Retry everything that waits at {1} because of {2} (deliveries: {0})? Mend the cause first, or they come back.", "¿Reintentar todo lo detenido en {1} por {2} (entregas: {0})? Corrija antes la causa o volverá.");
    public static readonly Text RetryAll = new("Retry all", "Reintentar todo");
    public static readonly Text PickUpStarted = new("{0} is being looked at now.", "Se está revisando {0}.");
    public static readonly Text PausedNow = new("{0} is paused.", "{0} está en pausa.");
    public static readonly Text ResumedNow = new("{0} goes on.", "{0} continúa.");
    public static readonly Text AlreadyPaused = new("{0} was paused already.", "{0} ya estaba en pausa.");
    public static readonly Text NotPaused = new("{0} was not paused.", "{0} no estaba en pausa.");
    public static readonly Text Working = new("Working…", "En curso…");
    public static readonly Text Yes = new("Yes, {0}", "Sí, {0}");
    public static readonly Text TestTitle = new("Send one session as a test", "Enviar una sesión de prueba");
    public static readonly Text TestLead = new("It goes the way every session goes, at once: by its route, to real connectors. Use a session whose ticket is a test record.", "Sigue el camino de toda sesión, de inmediato: por su ruta, a conectores reales. Use una sesión cuyo ticket sea un registro de prueba.");
    public static readonly Text TestFile = new("Session file (JSON)", "Archivo de sesión (JSON)");
    public static readonly Text TestSource = new("Read like files of", "Leer como los archivos de");
    public static readonly Text TestPreview = new("See what would be sent", "Ver qué se enviaría");
    public static readonly Text TestSend = new("Send it", "Enviarla");
    public static readonly Text TestQuestion = new("Send {0} for real to {1}?", "¿Enviar {0} de verdad a {1}?");
    public static readonly Text TestSent = new("{0} was recorded; its deliveries are due now.", "{0} se ha registrado; sus entregas vencen ahora.");
    public static readonly Text TestKnown = new("{0} was known with this very content: nothing new is delivered. To deliver it again, open it.", "{0} ya se conocía con este mismo contenido: no se entrega nada nuevo. Para entregarla de nuevo, ábrala.");
    public static readonly Text TestPaste = new("or paste it here", "o péguelo aquí");
    public static readonly Text TestNothing = new("Choose a file or paste one first.", "Elija o pegue antes un archivo.");
    public static readonly Text TestGoes = new("Goes to", "Va a");
    public static readonly Text Sample = new("Start from a sample", "Partir de un ejemplo");
}
