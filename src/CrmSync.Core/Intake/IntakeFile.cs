using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;

namespace CrmSync.Core.Intake;

/// <summary>A file that was read: it holds a session, or a fault says why not.</summary>
internal sealed record IntakeFile(SourceFile File, SessionMetadata? Session, Fault? Fault)
{
    /// <summary>Reads the content; null when the file is still being written and should be looked at again.</summary>
    public static IntakeFile? Of(SourceFile file, ReadOnlyMemory<byte> content, ReaderOptions reading, SourceOptions options, DateTimeOffset now)
    {
        switch (SessionReader.Read(content, reading))
        {
            case ReadResult.Session(var session):
                var contradiction = FileNameHint.Contradiction(file.Stamp.Locator, session.Key);
                return new IntakeFile(file, contradiction is null ? session : null, contradiction);
            case ReadResult.Unreadable(var fault):
                return IsUnfinished(fault) && now - file.Stamp.ModifiedAt < options.IncompleteAfter ? null : new IntakeFile(file, null, fault);
            default:
                throw new InvalidOperationException("No rule for this read result.");
        }
    }

    private static bool IsUnfinished(Fault fault) => fault.Reason == ReasonCodes.JsonTruncated || fault.Reason == ReasonCodes.JsonEmpty;
}
