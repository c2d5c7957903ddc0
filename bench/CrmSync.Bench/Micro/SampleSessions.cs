using CrmSync.Core.Sessions;
using CrmSync.Simulators.Platform;

namespace CrmSync.Bench.Micro;

/// <summary>Generated session files, the same in every run.</summary>
internal static class SampleSessions
{
    public static ReaderOptions Reading { get; } = new() { Instance = "northgate" };

    public static IReadOnlyList<ReadOnlyMemory<byte>> Files { get; } =
        [.. new SessionFileGenerator(new SessionFileOptions { Count = 64, NoTicketExpectedShare = 0, TicketMissingShare = 0 }, TimeProvider.System)
            .Sessions().Select(session => session.Final)];

    public static IReadOnlyList<SessionMetadata> Sessions { get; } = [.. Files.Select(file => Read(file))];

    public static SessionMetadata Read(ReadOnlyMemory<byte> file) => SessionReader.Read(file, Reading) is ReadResult.Session(var session)
        ? session
        : throw new InvalidOperationException("The generator made a file that is no session.");
}
