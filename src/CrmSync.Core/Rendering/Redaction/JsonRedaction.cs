using System.Buffers;
using System.Text;
using System.Text.Json;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Redaction;

/// <param name="Content">The file with other values in place of the removed ones, every other byte as it was.</param>
/// <param name="Removed">How many values were changed.</param>
public sealed record RedactedFile(ReadOnlyMemory<byte> Content, int Removed);

/// <summary>Takes personal data out of a session file, in one pass over its bytes.</summary>
public static class JsonRedaction
{
    // Deeper files were refused when they were read.
    private const int DepthMax = 1_000;

    /// <exception cref="JsonException">The bytes are not JSON; a session that was read is.</exception>
    public static RedactedFile Apply(ReadOnlyMemory<byte> file, Redactor redactor)
    {
        // The reader takes UTF-16 files too; redacted ones are UTF-8 without a mark.
        var bytes = (TextDecoder.ToUtf8(file) ?? throw new JsonException("The text is not valid in the encoding it is written in.")).Span;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DepthMax });
        var written = new ArrayBufferWriter<byte>(bytes.Length + 256);
        var keys = new KeyPath();
        var (copied, removed) = (0, 0);
        while (reader.Read())
        {
            keys.Follow(ref reader, redactor);
            if (Replacement(ref reader, keys, redactor) is { } replacement)
            {
                written.Write(bytes[copied..(int)reader.TokenStartIndex]);
                Write(written, replacement);
                copied = (int)reader.BytesConsumed;
                removed++;
            }
        }

        written.Write(bytes[copied..]);
        return removed == 0 ? new RedactedFile(file, 0) : new RedactedFile(written.WrittenMemory, removed);
    }

    private static string? Replacement(ref Utf8JsonReader reader, KeyPath keys, Redactor redactor)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            return null;
        }

        if (keys.InRemovedTree)
        {
            return "[removed]";
        }

        // Numbers only by their key: 12025550147 under phone_number is a telephone number, elsewhere it is a number.
        var value = reader.TokenType is JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
        var shown = redactor.Apply(keys.Current, value);
        return shown == value || (reader.TokenType is JsonTokenType.Number && !redactor.IsPersonal(keys.Current)) ? null : shown;
    }

    private static void Write(ArrayBufferWriter<byte> written, string value)
    {
        written.Write("\""u8);
        written.Write(JsonEncodedText.Encode(value).EncodedUtf8Bytes);
        written.Write("\""u8);
    }

    /// <summary>The key that the current value belongs to: its own, or that of the array it is in.</summary>
    private sealed class KeyPath
    {
        private readonly Stack<string> _containers = new();
        private string _key = string.Empty;
        private int _removedDepth = -1;
        private int _depth;

        public string Current => _key;

        public bool InRemovedTree => _removedDepth >= 0;

        public void Follow(ref Utf8JsonReader reader, Redactor redactor)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _key = reader.GetString()!;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _containers.Push(_key);
                    _depth++;
                    if (!InRemovedTree && redactor.RemovesTree(_key))
                    {
                        _removedDepth = _depth;
                    }

                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _key = _containers.Pop();
                    _removedDepth = _depth == _removedDepth ? -1 : _removedDepth;
                    _depth--;
                    break;
            }
        }
    }
}
