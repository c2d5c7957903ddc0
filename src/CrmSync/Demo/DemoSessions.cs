using System.Globalization;
using CrmSync.Core.Sessions;

namespace CrmSync.Demo;

/// <summary>The sessions of a folder as the demo expects them to land: the newest file of each, and the connectors that get it.</summary>
internal sealed record DemoSessions(IReadOnlyList<SessionMetadata> Newest, int Files)
{
    /// <summary>Reads every JSON file below <paramref name="folder"/>; what is no session is left to quarantine.</summary>
    public static async Task<DemoSessions> ReadAsync(string folder, ReaderOptions reading, CancellationToken cancel)
    {
        var newest = new Dictionary<SessionKey, SessionMetadata>();
        var files = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            files++;
            if (SessionReader.Read(await File.ReadAllBytesAsync(path, cancel), reading) is ReadResult.Session(var session)
                && (!newest.TryGetValue(session.Key, out var known) || known.UpdatedAt < session.UpdatedAt))
            {
                newest[session.Key] = session;
            }
        }

        return new DemoSessions([.. newest.Values.OrderBy(s => s.EndsAt).ThenBy(s => s.Key.ToString(), StringComparer.Ordinal)], files);
    }

    /// <summary>Which connectors must hold a session, worked out apart from the routes: finished ones reach the mailbox, and their record's CRM.</summary>
    public static IReadOnlyList<string> Expected(SessionMetadata session) => !session.IsFinal ? []
        : session.OutTicket?.Id is not { } id ? [Landed.Mailbox]
        : long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? [Landed.Zendesk, Landed.Mailbox]
        : [Landed.Salesforce, Landed.Mailbox];
}
