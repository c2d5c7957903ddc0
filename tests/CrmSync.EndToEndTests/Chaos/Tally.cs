using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Platform;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>The three-way check between the files that came, the ledger, and what the CRM holds.</summary>
/// <param name="Lost">Sessions whose file is not on their record, or whose record lacks a note.</param>
/// <param name="Twice">Files and notes too many.</param>
/// <param name="Wrong">Files on the wrong record or with other bytes than came in.</param>
/// <param name="Disagree">Sessions of which the ledger says something else than the CRM.</param>
internal sealed record Tally(int Sessions, int Lost, int Twice, int Wrong, int Disagree)
{
    public bool IsExact => this is { Lost: 0, Twice: 0, Wrong: 0, Disagree: 0 };

    public static Tally Of(IReadOnlyList<GeneratedSession> sessions, IReadOnlyList<Delivery> deliveries, CrmContent content)
    {
        var files = content.Files.ToLookup(file => file.Session, StringComparer.Ordinal);
        var ledger = deliveries.ToLookup(delivery => delivery.Session.Local, StringComparer.Ordinal);
        var expected = sessions.CountBy(session => session.TicketId!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var (lost, twice, wrong, disagree) = (0, 0, 0, 0);

        foreach (var session in sessions)
        {
            var landed = files[NameOf(session)].ToList();
            lost += landed.Count == 0 ? 1 : 0;
            twice += Math.Max(0, landed.Count - 1);
            wrong += landed.Count(file => file.RecordId != session.TicketId || !file.Content.Span.SequenceEqual(session.Final.Span));
            disagree += ledger[NameOf(session)].ToList() is [{ State: DeliveryState.Delivered, Receipt.RecordId: var record }] && record == session.TicketId ? 0 : 1;
        }

        foreach (var (record, count) in expected)
        {
            var notes = content.NotesByRecord.GetValueOrDefault(record);
            lost += Math.Max(0, count - notes);
            twice += Math.Max(0, notes - count);
        }

        wrong += content.NotesByRecord.Keys.Count(record => !expected.ContainsKey(record));
        return new Tally(sessions.Count, lost, twice, wrong, disagree);
    }

    private static string NameOf(GeneratedSession session) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{session.Kind}-{session.Id}");
}
