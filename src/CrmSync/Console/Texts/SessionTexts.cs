namespace CrmSync.Console.Texts;

internal static class SessionTexts
{
    public static readonly Text Lead = new("Every call and chat that was picked up, and where its note is.", "Cada llamada y chat recogido, y dónde está su nota.");
    public static readonly Text Search = new("Search", "Buscar");
    public static readonly Text SearchHint = new("Session, ticket, phone, agent or queue", "Sesión, ticket, teléfono, agente o cola");
    public static readonly Text SearchHelp = new(
        "call-48211 · 35436 · the last four digits of a number or more · an agent's name or mail address · a part of a queue's name",
        "call-48211 · 35436 · los últimos cuatro dígitos o más de un número · nombre o correo de un agente · parte del nombre de una cola");
    public static readonly Text Filters = new("Filters", "Filtros");
    public static readonly Text State = new("State", "Estado");
    public static readonly Text Status = new("Session status", "Estado de la sesión");
    public static readonly Text Kind = new("Kind", "Tipo");
    public static readonly Text Calls = new("Calls", "Llamadas");
    public static readonly Text Chats = new("Chats", "Chats");
    public static readonly Text From = new("From", "Desde");
    public static readonly Text To = new("To", "Hasta");
    public static readonly Text Clear = new("Clear", "Limpiar");
    public static readonly Text Apply = new("Apply", "Aplicar");
    public static readonly Text Newest = new("Newest", "Más recientes");
    public static readonly Text Older = new("Older", "Más antiguas");
    public static readonly Text Ended = new("Ended", "Fin");
    public static readonly Text Customer = new("Customer", "Cliente");
    public static readonly Text Agents = new("Agents", "Agentes");
    public static readonly Text Deliveries = new("Deliveries", "Entregas");
    public static readonly Text NoDelivery = new("no route", "sin ruta");
    public static readonly Text NoRouteTitle = new("Nothing is delivered of this session", "No se entrega nada de esta sesión");
    public static readonly Text NoRouteText = new("No route matches it, or it is not over yet. A later version of its file is looked at again.", "Ninguna ruta coincide o aún no ha terminado. Una versión posterior de su archivo se revisará de nuevo.");
    public static readonly Text NothingFits = new("No session fits", "Ninguna sesión coincide");
    public static readonly Text NothingFitsText = new(
        "Names are found by whole words, numbers by their last four to seven digits. Files are kept encrypted and are forgotten with time; numbers and names are forgotten with them.",
        "Los nombres se encuentran por palabras completas y los números por sus últimos cuatro a siete dígitos. Los archivos se guardan cifrados y se olvidan con el tiempo, y con ellos números y nombres.");
    public static readonly Text NoneYet = new("No sessions yet", "Aún no hay sesiones");
    public static readonly Text SendTest = new("Send one as a test", "Enviar una de prueba");
    public static readonly Text RetryAll = new("Retry all of these", "Reintentar todas");
    public static readonly Text Shown = new("Shown: {0}", "Mostradas: {0}");

    public static readonly Text Facts = new("Facts", "Datos");
    public static readonly Text Timeline = new("Timeline", "Cronología");
    public static readonly Text NoTimeline = new("The file tells no times of its parts.", "El archivo no indica los tiempos de sus partes.");
    public static readonly Text Revisions = new("Revisions", "Revisiones");
    public static readonly Text Note = new("The note as the agent sees it", "La nota como la ve el agente");
    public static readonly Text Json = new("Original file", "Archivo original");
    public static readonly Text JsonSearch = new("Find in the file", "Buscar en el archivo");
    public static readonly Text JsonHits = new("{0} of {1} lines", "{0} de {1} líneas");
    public static readonly Text FileForgotten = new("The file is not kept any more: the retention dropped it. Hashes, times and deliveries stay.", "El archivo ya no se conserva: venció su plazo. Quedan huellas, tiempos y entregas.");
    public static readonly Text UnknownTitle = new("This session is not in the ledger", "Esta sesión no está registrada");
    public static readonly Text UnknownText = new("It was not picked up, or it is older than the ledger remembers.", "No se ha recogido, o es más antigua de lo que se conserva.");
    public static readonly Text BackToList = new("To the sessions", "A las sesiones");
    public static readonly Text Changed = new("What changed", "Qué cambió");
    public static readonly Text FirstRevision = new("First version of the file.", "Primera versión del archivo.");
    public static readonly Text NoChange = new("Nothing in its contents.", "Nada en su contenido.");
    public static readonly Text Added = new("new", "nuevo");
    public static readonly Text Removed = new("gone", "eliminado");
    public static readonly Text MoreChanges = new("and {0} more", "y {0} más");
    public static readonly Text RecordedFrom = new("{0} from {1}", "{0} de {1}");
    public static readonly Text NoteProblem = new("The template failed, so the built-in plain note stands in: {0}", "La plantilla falló y se usa la nota simple integrada: {0}");
    public static readonly Text NoteOfRevision = new("Rendered from revision {0} with the templates of now.", "Generada de la revisión {0} con las plantillas actuales.");
    public static readonly Text NotConfigured = new("This connector is not configured any more, so its note cannot be shown.", "Este conector ya no está configurado, así que su nota no puede mostrarse.");

    public static readonly Text FactKind = new("Type", "Tipo");
    public static readonly Text FactStatus = new("Status", "Estado");
    public static readonly Text FactTicket = new("Ticket in the file", "Ticket en el archivo");
    public static readonly Text FactEnded = new("Ended", "Fin");
    public static readonly Text FactStarted = new("Created", "Inicio");
    public static readonly Text FactDuration = new("Duration", "Duración");
    public static readonly Text FactWait = new("Waited in the queue", "Espera en cola");
    public static readonly Text FactHold = new("On hold", "En retención");
    public static readonly Text FactLanguage = new("Language", "Idioma");
    public static readonly Text FactRating = new("Rating", "Valoración");
    public static readonly Text FactFeedback = new("Customer's comment", "Comentario del cliente");
    public static readonly Text FactDispositions = new("Dispositions", "Códigos de cierre");
    public static readonly Text FactSupportNumber = new("Called number", "Número llamado");
    public static readonly Text FactInstance = new("Instance", "Instancia");
    public static readonly Text FactDisconnected = new("Ended by", "Finalizada por");
    public static readonly Text NoTicket = new("none", "ninguno");

    public static readonly Text LaneCustomer = new("Menu", "Menú");
    public static readonly Text LaneQueue = new("Queue", "Cola");
    public static readonly Text LaneAgent = new("Agent", "Agente");
    public static readonly Text LaneVirtual = new("Virtual agent", "Agente virtual");
    public static readonly Text LaneSurvey = new("Survey", "Encuesta");
    public static readonly Text StretchMenu = new("In the menu", "En el menú");
    public static readonly Text StretchWaiting = new("Waiting in the queue", "En espera en la cola");
    public static readonly Text StretchHandling = new("With the agent", "Con el agente");
    public static readonly Text StretchVirtual = new("With the virtual agent", "Con el agente virtual");
    public static readonly Text StretchWrapUp = new("Wrap-up", "Trabajo posterior");
    public static readonly Text StretchSurvey = new("Survey", "Encuesta");
    public static readonly Text StretchTransfer = new("Transfer", "Transferencia");
    public static readonly Text OnHoldFor = new("of it {0} on hold", "de ello {0} en retención");
    public static readonly Text TransferTo = new("Transfer to {0}", "Transferencia a {0}");
    public static readonly Text TimelineAlt = new("{0} from {1} to {2}", "{0} de {1} a {2}");
}
