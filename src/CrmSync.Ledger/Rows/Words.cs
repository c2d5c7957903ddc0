using System.Text.Json;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Rows;

/// <summary>Enums as the ledger writes them: <c>in_doubt</c> for <see cref="DeliveryState.InDoubt"/>.</summary>
internal static class Words
{
    private static readonly Dictionary<DeliveryState, string> States =
        Enum.GetValues<DeliveryState>().ToDictionary(state => state, state => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString()));

    private static readonly Dictionary<string, DeliveryState> ByWord = States.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Word(this DeliveryState state) => States[state];

    public static string Word(this AttemptPhase phase) => phase.ToString().ToLowerInvariant();

    public static string Word(this IntakeDecisionKind decision) => decision.ToString().ToLowerInvariant();

    public static DeliveryState State(string word) => ByWord[word];

    public static AttemptPhase Phase(string word) => Enum.Parse<AttemptPhase>(word, ignoreCase: true);

    public static SessionKind Kind(string word) => Enum.Parse<SessionKind>(word, ignoreCase: true);

    public static Fault? Fault(string? reason, string? message, string? crmCode) =>
        reason is null ? null : new Fault(ReasonCodes.Parse(reason), message ?? string.Empty, crmCode);
}
