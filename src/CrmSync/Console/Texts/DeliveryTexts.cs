namespace CrmSync.Console.Texts;

/// <summary>Deliveries, their states and their tries.</summary>
internal static class DeliveryTexts
{
    public static readonly Text Waiting = new("Waiting", "En espera");
    public static readonly Text UnderWay = new("Under way", "En curso");
    public static readonly Text InDoubt = new("In doubt", "En duda");
    public static readonly Text Delivered = new("Delivered", "Entregada");
    public static readonly Text Parked = new("Parked", "Retenida");
    public static readonly Text Failed = new("Failed", "Fallida");
    public static readonly Text Skipped = new("Skipped", "Omitida");
    public static readonly Text Superseded = new("Superseded", "Sustituida");
    public static readonly Text Cancelled = new("Cancelled", "Cancelada");
    public static readonly Text NeedsPerson = new("Needs a person", "Requiere atención");

    public static readonly Text WaitingMeans = new("Goes out by itself when it is due.", "Saldrá por sí sola cuando venza.");
    public static readonly Text UnderWayMeans = new("A worker has it right now.", "Un worker la está procesando ahora.");
    public static readonly Text InDoubtMeans = new("It was sent, but no answer came. CrmSync asks the CRM whether it arrived before it sends again.", "Se envió, pero no llegó respuesta. CrmSync pregunta al CRM si llegó antes de enviarla de nuevo.");
    public static readonly Text DeliveredMeans = new("The CRM has the note and the file.", "El CRM tiene la nota y el archivo.");
    public static readonly Text ParkedMeans = new("It waits for a person: mend the cause, then retry, or cancel.", "Espera a una persona: corrija la causa y reintente, o cancele.");
    public static readonly Text FailedMeans = new("The time for tries ran out. A person can retry it.", "Se agotó el tiempo de los intentos. Una persona puede reintentarla.");
    public static readonly Text SkippedMeans = new("Nothing had to be delivered.", "No había nada que entregar.");
    public static readonly Text SupersededMeans = new("A newer version of the file took its place before it was sent.", "Una versión más reciente del archivo ocupó su lugar antes del envío.");
    public static readonly Text CancelledMeans = new("A person decided not to deliver it.", "Una persona decidió no entregarla.");

    public static readonly Text PhaseResolve = new("Find the record", "Buscar el registro");
    public static readonly Text PhaseSend = new("Send", "Enviar");
    public static readonly Text PhaseProbe = new("Ask whether it arrived", "Preguntar si llegó");

    public static readonly Text TryRuns = new("under way", "en curso");
    public static readonly Text TryDelivered = new("The CRM took it.", "El CRM la aceptó.");
    public static readonly Text TryAlreadyThere = new("It was there already: an earlier answer had got lost.", "Ya estaba: se había perdido una respuesta anterior.");
    public static readonly Text TryDeferred = new("Not now; it is tried again.", "Ahora no; se intentará de nuevo.");
    public static readonly Text TryInDoubt = new("No answer came; it may have arrived.", "No llegó respuesta; puede haber llegado.");
    public static readonly Text TryRefused = new("The CRM refused it; a person has to look.", "El CRM la rechazó; debe mirarlo una persona.");
    public static readonly Text TryHalted = new("The whole connector has trouble; no try was spent.", "Todo el conector tiene problemas; no se gastó ningún intento.");
    public static readonly Text TrySkipped = new("Nothing to write, by the connector's settings.", "Nada que escribir, según la configuración del conector.");
    public static readonly Text TryDied = new("The worker stopped in the middle of it.", "El worker se detuvo a la mitad.");
    public static readonly Text TryOther = new("It did not work out.", "No funcionó.");
    public static readonly Text ResolveNotYet = new("There is no record for it yet.", "Aún no hay un registro para ella.");
    public static readonly Text ResolveNotExpected = new("No record is expected for such a session.", "No se espera un registro para una sesión así.");
    public static readonly Text ResolveAmbiguous = new("Several records fit.", "Varios registros coinciden.");
    public static readonly Text ResolveGone = new("The CRM does not have the record.", "El CRM no tiene el registro.");
    public static readonly Text ProbeFound = new("It is there.", "Está allí.");
    public static readonly Text ProbeAbsent = new("It is not there; it is sent again.", "No está; se envía de nuevo.");
    public static readonly Text ProbeCannotTell = new("The CRM could not say; it is asked again.", "El CRM no pudo decirlo; se le volverá a preguntar.");
    public static readonly Text ProbeNeverTells = new("This CRM cannot be asked; a person decides.", "A este CRM no se le puede preguntar; decide una persona.");

    public static readonly Text Revision = new("Revision {0}", "Revisión {0}");
    public static readonly Text Route = new("Route", "Ruta");
    public static readonly Text NextTry = new("Next try", "Próximo intento");
    public static readonly Text Tries = new("Tries", "Intentos");
    public static readonly Text NoTries = new("No try yet.", "Aún sin intentos.");
    public static readonly Text DeliveredTo = new("Delivered to", "Entregada a");
    public static readonly Text BoundFor = new("Bound for", "Destinada a");
    public static readonly Text TicketByHand = new("Ticket set by hand", "Ticket fijado a mano");
    public static readonly Text ServerSaid = new("The mail server said", "El servidor de correo dijo");
    public static readonly Text NotConfirmed = new("accepted, not confirmed", "aceptada, sin confirmar");
    public static readonly Text Took = new("took {0}", "tardó {0}");
    public static readonly Text CrmSays = new("The CRM's own code", "Código del propio CRM");
}
