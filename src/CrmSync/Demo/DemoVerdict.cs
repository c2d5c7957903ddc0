using CrmSync.Core.Sessions;

namespace CrmSync.Demo;

/// <summary>Compares what the sessions should have led to with what the simulators hold: exactly one note and one file each, with the file's own bytes.</summary>
internal sealed record DemoVerdict(IReadOnlyList<string> Problems, int Notes, int Files)
{
    public bool Ok => Problems.Count == 0;

    public static DemoVerdict Of(DemoSessions sessions, IReadOnlyList<Landed> landed)
    {
        var problems = new List<string>();
        var files = landed.SelectMany(l => l.Files.Select(file => (l.Connector, l.RecordId, File: file))).ToList();
        var byName = files.ToLookup(f => (f.Connector, Session: SessionOf(f.File.Name)));
        foreach (var session in sessions.Newest)
        {
            foreach (var connector in DemoSessions.Expected(session))
            {
                Compare(session, connector, [.. byName[(connector, session.Key.Local)].Select(f => f.File)], problems);
            }
        }

        problems.AddRange(landed
            .Where(l => l.Notes != l.Files.Count)
            .Select(l => $"{l.Connector} {l.RecordId}: {l.Notes} notes and {l.Files.Count} files"));
        var expected = sessions.Newest.Sum(session => DemoSessions.Expected(session).Count);
        if (files.Count > expected)
        {
            problems.Add($"{files.Count - expected} files too many");
        }

        return new DemoVerdict(problems, landed.Sum(l => l.Notes), files.Count);
    }

    private static void Compare(SessionMetadata session, string connector, List<LandedFile> files, List<string> problems)
    {
        if (files.Count != 1)
        {
            problems.Add($"{session.Key.Local} via {connector}: {files.Count} files instead of one");
        }
        else if (connector != Landed.Mailbox && !files[0].Content.Span.SequenceEqual(session.Bytes.Span))
        {
            problems.Add($"{session.Key.Local} via {connector}: the file is not the original");
        }
    }

    // call-48211-9f86d081884c.json
    private static string SessionOf(string fileName) => fileName.LastIndexOf('-') is > 0 and var hyphen ? fileName[..hyphen] : fileName;
}
