using CrmSync.Core.Deliveries;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;

namespace CrmSync.Console.Views;

/// <summary>Loads pages of the list of sessions.</summary>
internal sealed class SessionFinder(IConsoleReading reading, SessionReaders readers, Times times)
{
    public async Task<SessionList> LoadAsync(SessionFilter filter, Privacy privacy, CancellationToken cancel)
    {
        var page = await reading.FindSessionsAsync(filter.ToQuery(times), cancel);
        var files = await reading.ReadFilesAsync([.. page.Sessions.Select(session => new SessionRevision(session.Session, session.Revision))], cancel);
        return new SessionList(
            [.. page.Sessions.Zip(files, (session, file) => Row(session, file, privacy))],
            page.Next is { } next ? filter with { After = next.ToString() } : null);
    }

    private SessionListRow Row(SessionSummary summary, ReadOnlyMemory<byte>? file, Privacy privacy)
    {
        var session = file is { } bytes ? readers.Read(bytes, summary.Session.Instance) : null;
        return new SessionListRow(
            summary,
            session is null ? null : privacy.Customer(CustomerOf(session)),
            session is null ? [] : [.. AgentsOf(session, privacy)],
            [.. Latest(summary.Deliveries)]);
    }

    /// <summary>What became of each connector's part: its newest delivery that was not replaced.</summary>
    private static IEnumerable<Delivery> Latest(IReadOnlyList<Delivery> deliveries) => deliveries
        .GroupBy(delivery => delivery.Connector, StringComparer.Ordinal)
        .Select(connector => connector.OrderBy(delivery => delivery.Revision).Last());

    public static string? CustomerOf(SessionMetadata session) =>
        session.EndUser?.Identifier ?? session.Participants.FirstOrDefault(party => party is { IsEndUser: true, PhoneNumber: not null })?.PhoneNumber ?? session.OutboundNumber;

    private static IEnumerable<string> AgentsOf(SessionMetadata session, Privacy privacy) => session.Participants
        .Where(party => party.IsAgent)
        .Select(party => privacy.Agent(party.Name, party.UserId))
        .Append(session.AgentInfo is { IsVirtual: false } agent ? privacy.Agent(agent.Name, agent.Id) : null)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);
}

/// <param name="Older">The filter of the next page; null on the last.</param>
public sealed record SessionList(IReadOnlyList<SessionListRow> Rows, SessionFilter? Older);

/// <param name="Customer">Null when the file is not kept any more, or names nobody.</param>
/// <param name="Deliveries">One for each connector, the newest.</param>
public sealed record SessionListRow(SessionSummary Summary, string? Customer, IReadOnlyList<string> Agents, IReadOnlyList<Delivery> Deliveries)
{
    public string Address => SessionAddress.Of(Summary.Session);

    /// <summary>The record it reached, else the ticket its file names.</summary>
    public string? Ticket => Deliveries.Select(delivery => delivery.Ticket?.RecordId).FirstOrDefault(id => id is not null) ?? Summary.Facts.OutTicket;
}

/// <summary><c>/sessions/default/call-48211</c></summary>
public static class SessionAddress
{
    public static string Of(SessionKey session) => $"/sessions/{Uri.EscapeDataString(session.Instance)}/{session.Local}";

    public static SessionKey? Read(string? instance, string? local) => instance is null || local is null ? null : SessionKey.TryParse($"{instance}/{local}");
}
