using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Model;

/// <summary>What is known about the recording of a call.</summary>
/// <param name="State"><c>granted</c>, <c>denied</c>, <c>not_asked</c>, <c>other</c>.</param>
/// <param name="Link">Only with permission, https, and a host of <c>Notes:RecordingHosts</c>.</param>
/// <param name="Paused">The sum of its pauses, in words.</param>
public sealed record RecordingView(
    string State, string Text, string? Link, long Parts, string? Paused, long? PausedSeconds, IReadOnlyList<PauseView> Pauses)
{
    internal static RecordingView? Of(NoteScope scope)
    {
        if (scope.Session.RecordingPermission is not { } permission)
        {
            return null;
        }

        var recordings = permission is RecordingPermission.Denied ? [] : scope.Session.Recordings;
        var pauses = recordings.SelectMany(recording => recording.RedactionTimes).ToList();
        var paused = pauses.Count == 0 ? (TimeSpan?)null : pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + (pause.Duration ?? TimeSpan.Zero));

        return new RecordingView(
            System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(permission.ToString()),
            scope.Phrases.Recording(permission, recordings.Count, paused > TimeSpan.Zero ? paused : null),
            permission is RecordingPermission.Granted && !VoicemailView.IsVoicemail(scope.Session)
                ? MediaLink.Vouched(scope, scope.Session.RecordingUrl)
                : null,
            recordings.Count,
            NoteScope.InWords(paused),
            NoteScope.Seconds(paused),
            [.. pauses.Where(pause => pause is { Start: not null, End: not null }).Select(pause => new PauseView(
                scope.Time.Clock(pause.Start!.Value), scope.Time.Clock(pause.End!.Value), NoteScope.InWords(pause.Duration)))]);
    }
}

/// <summary>A stretch that was not recorded.</summary>
public sealed record PauseView(string From, string To, string? Duration);

/// <summary>A message the customer left.</summary>
/// <param name="Link">Unless recording was denied; https, and a host of <c>Notes:RecordingHosts</c>.</param>
public sealed record VoicemailView(string? Reason, string? Link)
{
    internal static VoicemailView? Of(NoteScope scope) => !IsVoicemail(scope.Session) ? null : new VoicemailView(
        scope.Session.VoicemailReason is { } reason and not "not_voicemail" ? scope.Text.Line("voicemail_reason", reason.Replace('_', ' ')) : null,
        scope.Session.RecordingPermission is RecordingPermission.Denied ? null : MediaLink.Vouched(scope, scope.Session.RecordingUrl));

    internal static bool IsVoicemail(SessionMetadata session) =>
        session.Status?.Name.StartsWith("voicemail", StringComparison.Ordinal) is true;
}

/// <summary>Links that a note may carry: a session's file is no witness for what is behind an address.</summary>
internal static class MediaLink
{
    public static string? Vouched(NoteScope scope, string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var link)
        && link.Scheme == Uri.UriSchemeHttps
        && link.IsDefaultPort
        && link.UserInfo.Length == 0
        && scope.Options.RecordingHosts.Any(host => Covers(host, link.IdnHost))
            ? link.AbsoluteUri
            : null;

    private static bool Covers(string allowed, string host) => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
}
