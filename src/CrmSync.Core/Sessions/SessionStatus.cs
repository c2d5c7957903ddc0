using System.Collections.Frozen;
using System.Globalization;

namespace CrmSync.Core.Sessions;

/// <summary>
/// Where a session stands. Files spell it as a word, raw exports as a number (Google, "Session metadata file", status list);
/// both become the word.
/// </summary>
/// <param name="Name">The word in lower case, such as <c>finished</c>; unknown ones are kept.</param>
/// <param name="IsTerminal">Whether nothing more can happen to the session itself.</param>
public sealed record SessionStatus(string Name, bool IsTerminal)
{
    private static readonly FrozenDictionary<int, string> CallNumbers = new Dictionary<int, string>
    {
        [0] = "scheduled",
        [1] = "queued",
        [2] = "assigned",
        [3] = "connecting",
        [4] = "switching",
        [5] = "connected",
        [8] = "finished",
        [9] = "failed",
        [10] = "recovered",
        [11] = "deflected",
        [12] = "selecting",
        [13] = "va_assigned",
        [14] = "va_connected",
        [15] = "preview_pending",
        [16] = "preview_ready",
        [17] = "campaign_connecting",
        [18] = "campaign_connected",
        [19] = "requeued",
        [20] = "predictive_waiting",
        [21] = "progressive_waiting",
        [22] = "preview_waiting",
        [23] = "campaign_dialing",
        [80] = "voicemail",
        [81] = "voicemail_received",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> TerminalCalls = FrozenSet.Create(
        StringComparer.Ordinal,
        "finished", "failed", "recovered", "deflected", "voicemail_received", "voicemail_read", "action_only_finished");

    private static readonly FrozenSet<string> TerminalChats = FrozenSet.Create(
        StringComparer.Ordinal,
        "finished", "no_response", "canceled", "cancelled", "failed", "abandoned", "deflected");

    /// <summary>The published call statuses by number.</summary>
    public static IReadOnlyDictionary<int, string> PublishedCallNumbers => CallNumbers;

    /// <summary>Reads the word or the number; null when there is none.</summary>
    /// <param name="ended">
    /// Whether <c>ends_at</c> is set: <c>voicemail</c> (80) is terminal only then, since the customer may still be speaking.
    /// </param>
    public static SessionStatus? Parse(string? text, SessionKind kind, bool ended)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var name = text.Trim().ToLowerInvariant();
        if (kind is SessionKind.Call && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && CallNumbers.TryGetValue(number, out var word))
        {
            name = word;
        }

        return new SessionStatus(name, Terminal(name, kind, ended));
    }

    public override string ToString() => Name;

    /// <summary>Chats also end as "finished by ..." (agent, end user, time-out): the reason-code page lists no spelling for them.</summary>
    private static bool Terminal(string name, SessionKind kind, bool ended) =>
        (kind is SessionKind.Call ? TerminalCalls : TerminalChats).Contains(name)
        || (name == "voicemail" && ended)
        || name.StartsWith("finished", StringComparison.Ordinal);
}
