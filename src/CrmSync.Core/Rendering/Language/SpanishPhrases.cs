using System.Collections.Frozen;
using System.Globalization;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Language;

internal sealed class SpanishPhrases : Phrases
{
    private static readonly string[] Days = ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"];
    private static readonly string[] Months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"];

    public override string Language => "es";

    public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("es-ES");

    public override string AgentWithoutName => "Agente";

    public override string VirtualAgentWithoutName => "Agente virtual";

    protected override (string One, string More) PhotoWords => ("foto", "fotos");

    protected override (string One, string More) ScreenshotWords => ("captura de pantalla", "capturas de pantalla");

    protected override (string One, string More) VideoWords => ("vídeo", "vídeos");

    protected override FrozenDictionary<string, string> Deflections { get; } = Words(
        ("after_hours_message_only", "fuera de horario, solo mensaje"),
        ("temp_redirection_phone", "desvío a otro número"),
        ("temp_redirection_queue", "desvío a otra cola"),
        ("over_capacity_voicemail", "capacidad superada, se ofreció el buzón de voz"));

    protected override FrozenDictionary<string, string> FailReasons { get; } = Words(
        ("expired", "nadie contestó a tiempo"),
        ("transfer_expired", "nadie contestó la transferencia a tiempo"),
        ("eu_canceled", "cancelación del cliente"),
        ("eu_rejected", "rechazo del cliente"),
        ("eu_abandoned", "el cliente colgó durante la espera"),
        ("eu_in_menu_abandoned", "el cliente colgó en el menú"),
        ("eu_busy", "la línea del cliente estaba ocupada"),
        ("eu_wrong_number", "número equivocado"),
        ("eu_no_answer", "el cliente no contestó"),
        ("ag_canceled", "cancelación del agente"),
        ("ag_ignored", "el agente no aceptó"),
        ("ag_mic_no_device", "el agente no tenía micrófono"),
        ("ag_mic_denied", "el micrófono del agente estaba bloqueado"),
        ("after_hours", "fuera de horario"),
        ("end_user_opt_out", "el cliente se dio de baja"),
        ("no_response", "el cliente no respondió"),
        ("unknown", "motivo desconocido"));

    protected override FrozenDictionary<string, string> VirtualAgentResults { get; } = Words(
        ("escalated", "pasó a un agente"),
        ("resolved", "resuelto"),
        ("consumer_ended", "lo terminó el cliente"),
        ("unexpectedly_ended", "terminó de forma inesperada"));

    protected override FrozenDictionary<string, string> EscalationReasons { get; } = Words(
        ("by_virtual_agent", "el agente virtual pidió una persona"),
        ("by_consumer", "el cliente pidió una persona"),
        ("by_end_user", "el cliente pidió una persona"));

    protected override FrozenDictionary<string, string> Parties { get; } = Words(
        ("disconnected_by_agent", "el agente"),
        ("disconnected_by_end_user", "el cliente"),
        ("disconnected_by_unknown", "desconocido"));

    protected override FrozenDictionary<string, string> Directions { get; } = Words(
        ("inbound", "Cliente"), ("outbound", "Agente"), ("end_user", "Cliente"), ("agent", "Agente"));

    public override string Kind(SessionKind kind, SessionType? type) => kind is SessionKind.Chat
        ? type?.Medium switch
        {
            "Web Chat" => "Chat web",
            "Mobile Chat" => "Chat móvil",
            "SMS" => "Chat por SMS",
            { } medium => $"Chat de {medium}",
            null => "Chat",
        }
        : type?.Direction switch
        {
            SessionDirection.Inbound => "Llamada entrante",
            SessionDirection.Outbound => "Llamada saliente",
            SessionDirection.Scheduled => "Llamada programada",
            SessionDirection.Callback => "Devolución de llamada",
            SessionDirection.Campaign => "Llamada de campaña",
            SessionDirection.Internal => "Llamada interna",
            _ => "Llamada",
        };

    public override string Ending(SessionEnding ending) => ending.Kind switch
    {
        EndingKind.Handled => $"{Ended(ending)}{After(ending)}",
        EndingKind.VirtualAgentResolved => $"{(IsCall(ending) ? "resuelta" : "resuelto")} por el agente virtual{Named(ending)}{After(ending)}",
        EndingKind.VirtualAgentEnded => $"{Ended(ending)} con el agente virtual{Named(ending)}{After(ending)}",
        EndingKind.Voicemail => $"mensaje en el buzón de voz{Waiting(ending)}",
        EndingKind.Abandoned => (IsCall(ending) ? "el cliente colgó" : "el cliente se fue") + Waiting(ending),
        EndingKind.AbandonedInMenu => "el cliente colgó en el menú",
        EndingKind.Deflected => ending.Detail is { } how ? $"sin conexión: {Deflection(how)}" : "sin conexión",
        EndingKind.NoResponse => "el cliente no respondió",
        EndingKind.Cancelled => IsCall(ending) ? "cancelada" : "cancelado",
        EndingKind.Failed => ending.Detail is { } why ? $"error: {FailReason(why)}" : "error",
        EndingKind.Unfinished => ending.Detail is { } status ? $"aún no {Ended(ending)} ({status.Replace('_', ' ')})" : $"aún no {Ended(ending)}",
        _ => $"{Ended(ending)} sin agente",
    };

    public override string Date(DateTime date) =>
        string.Create(CultureInfo.InvariantCulture, $"{Days[(int)date.DayOfWeek]} {date.Day} {Months[date.Month - 1]} {date.Year}");

    public override string Range(string from, string to) => $"{from} a {to}";

    // "e" before the sound i: "Ana e Inés", but "Ana y Hierro" is too rare to spell out.
    public override string List(IReadOnlyList<string> names) => names.Count < 2
        ? string.Concat(names)
        : $"{string.Join(", ", names.SkipLast(1))} {(names[^1].StartsWith('I') || names[^1].StartsWith('Í') ? "e" : "y")} {names[^1]}";

    public override string Recording(RecordingPermission permission, int parts, TimeSpan? paused) => permission switch
    {
        RecordingPermission.Denied => "el cliente no dio permiso",
        RecordingPermission.NotAsked => "no se pidió permiso",
        RecordingPermission.Granted => "con permiso"
            + (parts > 1 ? string.Create(CultureInfo.InvariantCulture, $", {parts} partes") : string.Empty)
            + (paused is { } pause ? $", en pausa {Duration(pause)}" : string.Empty),
        _ => "permiso desconocido",
    };

    public override string Leg(string from, string to, bool? cold) => cold switch
    {
        true => $"{from} a {to} (sin aviso)",
        false => $"{from} a {to} (con aviso)",
        null => $"{from} a {to}",
    };

    public override string Change(ChangedFact fact, string? before, string? after) => fact is ChangedFact.Note or ChangedFact.Comment
        ? $"{NameOf(fact)} ({(before is null ? "añadido" : after is null ? "retirado" : "modificado")})"
        : $"{NameOf(fact)}: {after ?? "ninguno"} ({(before is null ? "nuevo" : $"antes {before}")})";

    public override string CutPointer(int missing, string? fileName) => fileName is null
        ? $"… (cortado, {Number(missing)} caracteres más)"
        : $"… (cortado, {Number(missing)} caracteres más; el texto completo está en {fileName})";

    // A thin group separator is not in every CRM's font: the point is.
    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '.');

    private static string NameOf(ChangedFact fact) => fact switch
    {
        ChangedFact.Ticket => "Ticket",
        ChangedFact.Disposition => "Disposición",
        ChangedFact.Note => "Texto del agente",
        ChangedFact.Rating => "Valoración del cliente",
        ChangedFact.Comment => "Comentario del cliente",
        ChangedFact.Recording => "Grabación",
        _ => "Estado",
    };

    private static bool IsCall(SessionEnding ending) => ending.Session is SessionKind.Call;

    private static string Ended(SessionEnding ending) => IsCall(ending) ? "terminada" : "terminado";

    private static string After(SessionEnding ending) => ending.After is { } after ? $" tras {Duration(after)}" : string.Empty;

    private static string Waiting(SessionEnding ending) => ending.After is { } after ? $" tras {Duration(after)} de espera" : string.Empty;

    private static string Named(SessionEnding ending) => ending.Detail is { } name ? $" {name}" : string.Empty;
}
