using System.Globalization;
using System.Text.RegularExpressions;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Intake;

/// <summary>
/// What a file's name says about its session: <c>call-48211.json</c>, <c>chat-9317.json</c>, <c>metadata-135.json</c>. Never taken
/// for the truth, only compared with it.
/// </summary>
internal static partial class FileNameHint
{
    /// <summary>The contradiction between name and content; null when there is none, or the name says nothing.</summary>
    public static Fault? Contradiction(string locator, SessionKey session)
    {
        var match = Name().Match(locator[(locator.LastIndexOf('/') + 1)..]);
        if (!match.Success || !long.TryParse(match.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        SessionKind? kind = match.Groups["kind"].Value.ToUpperInvariant() switch
        {
            "CALL" => SessionKind.Call,
            "CHAT" => SessionKind.Chat,
            _ => null,
        };
        return id == session.Id && (kind ?? session.Kind) == session.Kind
            ? null
            : new Fault(ReasonCodes.NameMismatch, $"The name says {match.Value}, the content {session.Local}.");
    }

    [GeneratedRegex(@"^(?<kind>call|chat|metadata)[-_](?<id>\d{1,18})(?![\d])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
