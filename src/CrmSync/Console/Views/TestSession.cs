using CrmSync.Console.Access;
using CrmSync.Console.Texts;
using CrmSync.Control;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;
using CrmSync.Jobs;
using CrmSync.Sending;

namespace CrmSync.Console.Views;

/// <summary>Sends one session that a person chose, the way every session goes, at once.</summary>
internal sealed class TestSession(
    ConsoleGuard guard, ILedger ledger, FileSender sender, SessionPreview previewing, DispatchBell bell, IReadOnlyList<ISessionSource> sources, IReadOnlyList<IConnector> connectors, Speech say)
{
    public IReadOnlyList<string> Sources => [.. sources.Select(source => source.Name)];

    /// <summary>What would be sent where. Nothing is written.</summary>
    public PreviewedFile Preview(byte[] file, string source) => previewing.Of("session.json", file, Like(source).Options);

    public async Task<(Said Said, SentFile Sent)> SendAsync(byte[] file, string source, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(ConsolePolicies.Operator, cancel);
        var folder = Directory.CreateTempSubdirectory("crmsync-test-");
        try
        {
            var before = await RevisionsAsync(SessionReader.Read(file, Like(source).Options.ToReaderOptions()), cancel);
            var path = Path.Combine(folder.FullName, "session.json");
            await File.WriteAllBytesAsync(path, file, cancel);
            var sent = (await sender.RecordAsync(Like(source), [path], cancel)).Files[0];
            await guard.RecordAsync(actor, AuditActions.TestSent, sent.Session?.ToString(), sent.Fault?.Reason.Code, cancel);
            await bell.RingAllAsync(cancel);
            return (await SaidAsync(sent, before, cancel), sent);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The note of a previewed parcel, its parts told apart by what they are.</summary>
    public NoteSheet NoteOf(PreviewedParcel parcel) => new(
        [.. parcel.Parts.Select(part => new NotePart(part.Key, connectors.Single(one => one.Name == parcel.Connector).Traits.NoteParts.Any(spec => spec.Name == part.Key && spec.Html), part.Value))],
        parcel.TemplateProblem);

    // The same content a second time is no new revision, and nothing is delivered of it.
    private async Task<Said> SaidAsync(SentFile sent, int before, CancellationToken cancel) => sent switch
    {
        { Session: { } key } when await RevisionsAsync(key, cancel) == before => new Said("info", say.Format(ActionTexts.TestKnown, key.Local)),
        { Session: { } key } => new Said("good", say.Format(ActionTexts.TestSent, key.Local)),
        _ => new Said("bad", sent.Fault!.Message),
    };

    private async Task<int> RevisionsAsync(ReadResult read, CancellationToken cancel) =>
        read is ReadResult.Session(var session) ? await RevisionsAsync(session.Key, cancel) : 0;

    private async Task<int> RevisionsAsync(SessionKey session, CancellationToken cancel) =>
        (await ledger.HistoryAsync(session, cancel))?.Revisions.Count ?? 0;

    private ISessionSource Like(string source) => SourcePick.Find(sources, source) ?? sources[0];
}
