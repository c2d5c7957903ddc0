namespace CrmSync.Core.Sessions;

/// <summary>One content of a session's file. The hashes are SHA-256 in lower-case hexadecimal (64 characters).</summary>
/// <param name="UpdatedAt">The platform's <c>updated_at</c>; decides which of two revisions is newer.</param>
/// <param name="ContentSha256">Over the bytes as found.</param>
/// <param name="SemanticSha256">Over the JSON's meaning: key order, white space, escapes and number spelling do not matter.</param>
/// <param name="RelevantSha256">Over what makes another delivery worthwhile: ticket, dispositions, notes, rating, feedback, recording.</param>
public sealed record Revision(DateTimeOffset? UpdatedAt, string ContentSha256, string SemanticSha256, string RelevantSha256);
