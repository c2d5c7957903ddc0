using System.Collections.Frozen;
using System.Globalization;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Language;

internal sealed class EnglishPhrases : Phrases
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public override string Language => "en";

    public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override string AgentWithoutName => "Agent";

    public override string VirtualAgentWithoutName => "Virtual agent";

    protected override (string One, string More) PhotoWords => ("photo", "photos");

    protected override (string One, string More) ScreenshotWords => ("screenshot", "screenshots");

    protected override (string One, string More) VideoWords => ("video", "videos");

    protected override FrozenDictionary<string, string> Deflections { get; } = Words(
        ("after_hours_message_only", "after hours, message only"),
        ("temp_redirection_phone", "redirected to another number"),
        ("temp_redirection_queue", "redirected to another queue"),
        ("over_capacity_voicemail", "over capacity, voicemail offered"));

    protected override FrozenDictionary<string, string> FailReasons { get; } = Words(
        ("expired", "nobody answered in time"),
        ("transfer_expired", "nobody answered the transfer in time"),
        ("eu_canceled", "cancelled by the customer"),
        ("eu_rejected", "rejected by the customer"),
        ("eu_abandoned", "the customer hung up while waiting"),
        ("eu_in_menu_abandoned", "the customer hung up in the menu"),
        ("eu_busy", "the customer's line was busy"),
        ("eu_wrong_number", "wrong number"),
        ("eu_no_answer", "the customer did not answer"),
        ("ag_canceled", "cancelled by the agent"),
        ("ag_ignored", "not accepted by the agent"),
        ("ag_mic_no_device", "the agent had no microphone"),
        ("ag_mic_denied", "the agent's microphone was blocked"),
        ("after_hours", "after hours"),
        ("end_user_opt_out", "the customer opted out"),
        ("no_response", "the customer did not respond"),
        ("unknown", "unknown reason"));

    protected override FrozenDictionary<string, string> VirtualAgentResults { get; } = Words(
        ("escalated", "handed over to an agent"),
        ("resolved", "resolved"),
        ("consumer_ended", "ended by the customer"),
        ("unexpectedly_ended", "ended unexpectedly"));

    protected override FrozenDictionary<string, string> EscalationReasons { get; } = Words(
        ("by_virtual_agent", "the virtual agent asked for a person"),
        ("by_consumer", "the customer asked for a person"),
        ("by_end_user", "the customer asked for a person"));

    protected override FrozenDictionary<string, string> Parties { get; } = Words(
        ("disconnected_by_agent", "the agent"),
        ("disconnected_by_end_user", "the customer"),
        ("disconnected_by_unknown", "unknown"));

    protected override FrozenDictionary<string, string> Directions { get; } = Words(
        ("inbound", "Customer"), ("outbound", "Agent"), ("end_user", "Customer"), ("agent", "Agent"));

    public override string Kind(SessionKind kind, SessionType? type) => kind is SessionKind.Chat
        ? type?.Medium switch
        {
            "Web Chat" => "Web chat",
            "Mobile Chat" => "Mobile chat",
            { } medium => $"{medium} chat",
            null => "Chat",
        }
        : type?.Direction switch
        {
            SessionDirection.Inbound => "Inbound call",
            SessionDirection.Outbound => "Outbound call",
            SessionDirection.Scheduled => "Scheduled call",
            SessionDirection.Callback => "Callback",
            SessionDirection.Campaign => "Campaign call",
            SessionDirection.Internal => "Internal call",
            _ => "Call",
        };

    public override string Ending(SessionEnding ending) => ending.Kind switch
    {
        EndingKind.Handled => $"finished{After(ending)}",
        EndingKind.VirtualAgentResolved => $"resolved by the virtual agent{Named(ending)}{After(ending)}",
        EndingKind.VirtualAgentEnded => $"ended with the virtual agent{Named(ending)}{After(ending)}",
        EndingKind.Voicemail => $"voicemail left{Waiting(ending)}",
        EndingKind.Abandoned => (ending.Session is SessionKind.Call ? "the customer hung up" : "the customer left") + Waiting(ending),
        EndingKind.AbandonedInMenu => "the customer hung up in the menu",
        EndingKind.Deflected => ending.Detail is { } how ? $"not connected: {Deflection(how)}" : "not connected",
        EndingKind.NoResponse => "the customer did not respond",
        EndingKind.Cancelled => "cancelled",
        EndingKind.Failed => ending.Detail is { } why ? $"failed: {FailReason(why)}" : "failed",
        EndingKind.Unfinished => ending.Detail is { } status ? $"not finished yet ({status.Replace('_', ' ')})" : "not finished yet",
        _ => "ended without an agent",
    };

    public override string Date(DateTime date) =>
        string.Create(CultureInfo.InvariantCulture, $"{Days[(int)date.DayOfWeek]} {date.Day} {Months[date.Month - 1]} {date.Year}");

    public override string Range(string from, string to) => $"{from} to {to}";

    public override string List(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    public override string Recording(RecordingPermission permission, int parts, TimeSpan? paused) => permission switch
    {
        RecordingPermission.Denied => "the customer declined",
        RecordingPermission.NotAsked => "permission was not asked",
        RecordingPermission.Granted => "permission granted"
            + (parts > 1 ? string.Create(CultureInfo.InvariantCulture, $", {parts} parts") : string.Empty)
            + (paused is { } pause ? $", paused for {Duration(pause)}" : string.Empty),
        _ => "permission unknown",
    };

    public override string Leg(string from, string to, bool? cold) => cold switch
    {
        true => $"{from} to {to} (cold)",
        false => $"{from} to {to} (warm)",
        null => $"{from} to {to}",
    };

    public override string Change(ChangedFact fact, string? before, string? after) => fact is ChangedFact.Note or ChangedFact.Comment
        ? $"{NameOf(fact)} ({(before is null ? "new" : after is null ? "taken back" : "changed")})"
        : $"{NameOf(fact)}: {after ?? "none"} ({(before is null ? "new" : $"was {before}")})";

    public override string CutPointer(int missing, string? fileName) => fileName is null
        ? string.Create(CultureInfo.InvariantCulture, $"… (cut, {missing:#,0} characters more)")
        : string.Create(CultureInfo.InvariantCulture, $"… (cut, {missing:#,0} characters more; the whole is in {fileName})");

    private static string NameOf(ChangedFact fact) => fact switch
    {
        ChangedFact.Ticket => "Ticket",
        ChangedFact.Disposition => "Disposition",
        ChangedFact.Note => "Agent's note",
        ChangedFact.Rating => "Customer's rating",
        ChangedFact.Comment => "Customer's comment",
        ChangedFact.Recording => "Recording",
        _ => "Status",
    };

    private static string After(SessionEnding ending) => ending.After is { } after ? $" after {Duration(after)}" : string.Empty;

    private static string Waiting(SessionEnding ending) => ending.After is { } after ? $" after {Duration(after)} of waiting" : string.Empty;

    private static string Named(SessionEnding ending) => ending.Detail is { } name ? $" {name}" : string.Empty;
}
