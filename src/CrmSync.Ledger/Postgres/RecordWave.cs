using CrmSync.Core.Sessions;
using CrmSync.Ledger.Payloads;

namespace CrmSync.Ledger.Postgres;

/// <summary>
/// Intake records that one statement can take: no session and no file is in it twice. Nearly always that is the whole batch; a second
/// revision of a session waits for the next wave, which sees the first.
/// </summary>
internal sealed class RecordWave
{
    private readonly HashSet<SessionKey> _sessions = [];
    private readonly HashSet<(string Source, string Locator)> _files = [];
    private readonly List<RecordEntry> _records = [];
    private readonly List<PlannedEntry> _planned = [];
    private readonly List<(int N, byte[] Sealed)> _payloads = [];

    public IReadOnlyList<RecordEntry> Records => _records;

    public IReadOnlyList<PlannedEntry> Planned => _planned;

    public IReadOnlyList<(int N, byte[] Sealed)> Payloads => _payloads;

    public static IReadOnlyList<RecordWave> Of(IReadOnlyList<IntakeRecord> records, PayloadSeal seal, SearchTokens tokens)
    {
        var waves = new List<RecordWave>();
        foreach (var (n, record) in records.Index())
        {
            // Never before the wave of an earlier record of the same session or file.
            var at = waves.FindLastIndex(wave => wave.Holds(record)) + 1;
            if (at == waves.Count)
            {
                waves.Add(new RecordWave());
            }

            waves[at].Add(n, record, seal, tokens);
        }

        return waves;
    }

    private bool Holds(IntakeRecord record) =>
        _files.Contains((record.Source, record.File.Locator)) || (record.Revision is { } revision && _sessions.Contains(revision.Session));

    private void Add(int n, IntakeRecord record, PayloadSeal seal, SearchTokens tokens)
    {
        _files.Add((record.Source, record.File.Locator));
        _records.Add(RecordEntry.Of(n, record, tokens.Of));
        if (record.Revision is not { } revision)
        {
            return;
        }

        _sessions.Add(revision.Session);
        _payloads.Add((n, seal.Seal(revision.Session, revision.Follows + 1, revision.Bytes.Span)));
        _planned.AddRange(revision.Deliveries.Select(planned => PlannedEntry.Of(n, planned)));
    }
}
