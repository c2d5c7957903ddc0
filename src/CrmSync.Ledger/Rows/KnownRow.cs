using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Rows;

/// <summary>A session's current revision as SQL brings it.</summary>
internal sealed class KnownRow
{
    public string Instance { get; init; } = "";

    public string Kind { get; init; } = "";

    public long Number { get; init; }

    public int Revision { get; init; }

    public long? UpdatedAt { get; init; }

    public string ContentSha256 { get; init; } = "";

    public string SemanticSha256 { get; init; } = "";

    public string RelevantSha256 { get; init; } = "";

    public bool IsFinal { get; init; }

    public bool HasUnsent { get; init; }

    public KnownSession ToKnown() => new(
        new SessionKey(Instance, Words.Kind(Kind), Number), Revision, UpdatedAt.At(), ContentSha256, SemanticSha256, RelevantSha256, IsFinal, HasUnsent);
}
