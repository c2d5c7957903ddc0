using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>Says what is wrong with a file that is no session. Runs only for such files; positions are told, content never is.</summary>
internal static class JsonDiagnosis
{
    /// <summary>What keeps a parsed root from being a session's object; null for nothing.</summary>
    public static Fault? OfRoot(JsonElement root, ReaderOptions options) => root.ValueKind switch
    {
        JsonValueKind.Null => new Fault(ReasonCodes.JsonEmpty, "The file holds null."),
        JsonValueKind.Array when root.GetArrayLength() == 0 => new Fault(ReasonCodes.JsonEmpty, "The file holds an empty list."),
        JsonValueKind.Array => new Fault(ReasonCodes.NotASession, "The file holds a list; one session is expected."),
        not JsonValueKind.Object => new Fault(ReasonCodes.NotASession, "The file holds a single value; a session's object is expected."),
        _ when root.GetPropertyCount() is var count && count > options.KeysMax =>
            new Fault(ReasonCodes.JsonTooManyKeys, $"The session has {count} keys, {options.KeysMax} are allowed."),
        _ => null,
    };

    /// <summary>Why text that the parser refused is no JSON document.</summary>
    public static Fault Explain(ReadOnlySpan<byte> text, ReaderOptions options)
    {
        if (text.TrimEnd(" \t\r\n\0"u8).IsEmpty)
        {
            return new Fault(ReasonCodes.JsonEmpty, $"The file has {text.Length} bytes and no text.");
        }

        var reader = new Utf8JsonReader(
            text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = options.DepthMax }));
        var complete = false;
        try
        {
            while (reader.Read())
            {
                complete |= reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
            }
        }
        catch (JsonException e)
        {
            return Broken(complete, reader.CurrentDepth >= options.DepthMax - 1, e);
        }

        return complete
            ? new Fault(ReasonCodes.JsonDuplicateKey, "A key stands twice in one object.")
            : new Fault(ReasonCodes.JsonTruncated, $"The file ends in the middle, after {text.Length} bytes.");
    }

    private static Fault Broken(bool complete, bool deep, JsonException e)
    {
        var place = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
        return complete ? new Fault(ReasonCodes.JsonTrailingData, $"More text follows behind the session at {place}.")
            : deep ? new Fault(ReasonCodes.JsonTooDeep, $"The nesting is too deep at {place}.")
            : new Fault(ReasonCodes.JsonInvalid, $"This is no JSON at {place}.");
    }
}
