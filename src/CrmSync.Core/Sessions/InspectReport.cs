namespace CrmSync.Core.Sessions;

/// <summary>What the reader makes of one file: for an admin who wants to know whether the platform's files are understood.</summary>
/// <param name="Fault">Why it is no session; everything else is empty then.</param>
/// <param name="FoundKeys">Known keys that hold a value, as in <c>participants[].email</c>.</param>
/// <param name="MissingKeys">Known root keys of this kind of session that are absent or null.</param>
/// <param name="UnknownKeys">Keys the reader has no use for. They stay in the attached file.</param>
/// <param name="DispositionsFoundAt">Where codes and notes were found.</param>
/// <param name="Gaps">What a delivery of this file would lack, in sentences.</param>
public sealed record InspectReport(
    Fault? Fault,
    SessionMetadata? Session,
    IReadOnlyList<string> FoundKeys,
    IReadOnlyList<string> MissingKeys,
    IReadOnlyList<string> UnknownKeys,
    IReadOnlyList<FieldNote> FieldNotes,
    IReadOnlyList<string> DispositionsFoundAt,
    IReadOnlyList<string> Gaps)
{
    /// <summary>Reads the file as intake does, and watches the reader.</summary>
    public static InspectReport Of(ReadOnlyMemory<byte> bytes, ReaderOptions options)
    {
        var trace = new ReadTrace(withKeys: true);
        return SessionReader.Read(bytes, options, trace) switch
        {
            ReadResult.Session(var session) => new InspectReport(
                null,
                session,
                [.. trace.FoundKeys.Order(StringComparer.Ordinal)],
                [.. InspectKeys.Missing(session.Key.Kind, trace)],
                [.. InspectKeys.Unknown(session.Json, trace).Order(StringComparer.Ordinal)],
                session.FieldNotes,
                [.. session.Dispositions.Select(disposition => disposition.FoundAt)],
                [.. InspectGaps.Of(session)]),
            ReadResult.Unreadable(var fault) => new InspectReport(fault, null, [], [], [], trace.Notes, [], []),
            _ => throw new InvalidOperationException("No rule for this read result."),
        };
    }
}
