using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>
/// Reads session files. Total: whatever the bytes are, the answer is a session or a fault, never an exception.
/// </summary>
public static class SessionReader
{
    /// <summary>Reads one file. The bytes are kept by the result and must not change afterwards.</summary>
    public static ReadResult Read(ReadOnlyMemory<byte> bytes, ReaderOptions options) => Read(bytes, options, new ReadTrace());

    internal static ReadResult Read(ReadOnlyMemory<byte> bytes, ReaderOptions options, ReadTrace trace)
    {
        if (bytes.Length > options.BytesMax)
        {
            return Unreadable(ReasonCodes.TooLarge, $"The file has {bytes.Length} bytes, {options.BytesMax} are allowed.");
        }

        if (TextDecoder.ToUtf8(bytes) is not { } text)
        {
            return TextDecoder.EndsInsideCharacter(bytes.Span)
                ? Unreadable(ReasonCodes.JsonTruncated, $"The file ends inside a character, after {bytes.Length} bytes.")
                : Unreadable(ReasonCodes.TextInvalid, "The text is not valid in the encoding it is written in.");
        }

        return Parse(text, options) is { } root
            ? Read(root, bytes, options, trace)
            : new ReadResult.Unreadable(JsonDiagnosis.Explain(text.Span, options));
    }

    /// <summary>The document is left to the garbage collector: the session's view needs it as long as the session lives.</summary>
    private static JsonElement? Parse(ReadOnlyMemory<byte> text, ReaderOptions options)
    {
        try
        {
            return JsonDocument.Parse(
                text, new JsonDocumentOptions { MaxDepth = options.DepthMax, AllowDuplicateProperties = false }).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A key that is half a surrogate pair, met while keys are compared.
            return null;
        }
    }

    private static ReadResult Read(JsonElement root, ReadOnlyMemory<byte> bytes, ReaderOptions options, ReadTrace trace)
    {
        if (JsonDiagnosis.OfRoot(root, options) is { } fault)
        {
            return new ReadResult.Unreadable(fault);
        }

        var (element, wrapper) = SessionRoot.Unwrap(root);
        if (JsonDiagnosis.OfRoot(element, options) is { } inner)
        {
            return new ReadResult.Unreadable(inner);
        }

        var fields = new JsonFields(element, string.Empty, trace);
        if (SessionRoot.IdOf(fields) is not { } id)
        {
            return Unreadable(ReasonCodes.NotASession, "The root key id is missing, or is no positive integer.");
        }

        return (wrapper ?? SessionRoot.KindOf(fields)) is { } kind
            ? new ReadResult.Session(SessionMetadata.Read(new SessionKey(options.Instance, kind, id), bytes, fields, options))
            : Unreadable(ReasonCodes.KindUnknown, "Neither keys of a call nor keys of a chat are there.");
    }

    private static ReadResult.Unreadable Unreadable(ReasonCode reason, string message) => new(new Fault(reason, message));
}
