using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace CrmSync.Core.Sessions;

/// <summary>The three hashes of a revision.</summary>
internal static class RevisionHashes
{
    public static Revision Of(SessionMetadata session)
    {
        var buffer = new ArrayBufferWriter<byte>(session.Bytes.Length);
        CanonicalJson.Write(session.Json, buffer);
        var semantic = Hash(buffer.WrittenSpan);

        buffer.ResetWrittenCount();
        WriteRelevant(session, buffer);

        return new Revision(session.UpdatedAt, Hash(session.Bytes.Span), semantic, Hash(buffer.WrittenSpan));
    }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>What an agent would want to read again for. Links count without their query, which is signed anew for every export.</summary>
    private static void WriteRelevant(SessionMetadata session, ArrayBufferWriter<byte> to)
    {
        Add(to, session.OutTicket?.Id, session.OutTicket?.Url);
        Add(to, session.Rating?.ToString("0.############################", CultureInfo.InvariantCulture), session.Feedback);
        Add(to, session.RecordingPermission?.ToString(), WithoutQuery(session.RecordingUrl));
        Add(to, session.Recordings.Count.ToString(CultureInfo.InvariantCulture));

        foreach (var disposition in session.Dispositions)
        {
            Add(to, disposition.AgentId?.ToString(CultureInfo.InvariantCulture), disposition.Path, disposition.CustomCodeId, disposition.Note);
        }
    }

    private static void Add(ArrayBufferWriter<byte> to, params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            CanonicalJson.WriteText(text, to);
        }
    }

    private static string? WithoutQuery(string? url) => url?.Split('?', 2)[0];
}
