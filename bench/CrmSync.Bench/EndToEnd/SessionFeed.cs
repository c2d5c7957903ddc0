using System.Globalization;
using System.Security.Cryptography;
using CrmSync.Simulators.Platform;

namespace CrmSync.Bench.EndToEnd;

/// <summary>A session that is fed, as it has to arrive.</summary>
/// <param name="Session"><c>call-10000001</c></param>
/// <param name="Sha256">Of the file, in lower-case hex.</param>
internal sealed record FedSession(string Session, string Ticket, long Size, string Sha256);

/// <summary>Makes the session files beside the inbox, and lets them appear in it.</summary>
internal sealed class SessionFeed(Scratch scratch, IReadOnlyList<FedSession> sessions, string root)
{
    public const string SalesforceHost = "northgate.my.salesforce.example";
    public const string ZendeskHost = "northgate.zendesk.example";

    /// <summary>Numbers below are for sessions that the ledger knows already.</summary>
    public const long FirstNumber = 10_000_000;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    public IReadOnlyList<FedSession> Sessions => sessions;

    public static async Task<SessionFeed> PrepareAsync(Scratch scratch, RunPlan plan, TimeProvider clock, CancellationToken cancel)
    {
        var options = new SessionFileOptions
        {
            Count = plan.Sessions,
            Seed = plan.Seed,
            FirstId = FirstNumber,
            Instance = BenchSettings.Instance,
            SessionsPerTicket = plan.SessionsPerTicket,
            ReexportShare = 0,
            NoTicketExpectedShare = 0,
            TicketMissingShare = 0,
            ZendeskShare = plan.Connector is BenchConnector.Zendesk ? 1 : 0,
        };
        var sessions = new List<FedSession>(plan.Sessions);
        foreach (var session in new SessionFileGenerator(options, clock).Sessions())
        {
            await session.WriteAsync(scratch.Staging, session.Exports.Count - 1, cancel);
            sessions.Add(new FedSession(
                string.Create(CultureInfo.InvariantCulture, $"{session.Kind}-{session.Id}"),
                session.TicketId!,
                session.Final.Length,
                Convert.ToHexStringLower(SHA256.HashData(session.Final.Span))));
        }

        await File.WriteAllLinesAsync(scratch.Tickets, sessions.Select(session => session.Ticket).Distinct(StringComparer.Ordinal), cancel);
        return new SessionFeed(scratch, sessions, Path.GetFileName(Directory.GetDirectories(scratch.Staging).Single()));
    }

    /// <summary>Lets the files arrive: all together by one rename, or so many a second, one after another.</summary>
    /// <param name="perSecond">Null: all together.</param>
    public async Task ReleaseAsync(int? perSecond, TimeProvider clock, CancellationToken cancel)
    {
        if (perSecond is not { } rate)
        {
            Directory.Move(scratch.Combine("staging", root), scratch.Combine(Scratch.InboxName, root));
            return;
        }

        var files = Directory.EnumerateFiles(scratch.Staging, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var (moved, since) = (0, clock.GetTimestamp());
        using var beat = new PeriodicTimer(Beat, clock);
        while (moved < files.Count && await beat.WaitForNextTickAsync(cancel))
        {
            for (var due = Math.Min(files.Count, (int)(clock.GetElapsedTime(since).TotalSeconds * rate)); moved < due; moved++)
            {
                var target = Path.Combine(scratch.Inbox, Path.GetRelativePath(scratch.Staging, files[moved]));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(files[moved], target);
            }
        }
    }
}
