using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Ledger.Postgres;

/// <summary>A batch goes into a statement as one JSON parameter, whose names are the columns.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(PlainText)])]
[JsonSerializable(typeof(FileKey[]))]
[JsonSerializable(typeof(NumberKey[]))]
[JsonSerializable(typeof(RevisionKey[]))]
[JsonSerializable(typeof(IReadOnlyList<RecordEntry>))]
[JsonSerializable(typeof(IReadOnlyList<PlannedEntry>))]
[JsonSerializable(typeof(IReadOnlyList<BeginEntry>))]
[JsonSerializable(typeof(IReadOnlyList<SettleEntry>))]
internal sealed partial class PostgresJson : JsonSerializerContext;

/// <summary>PostgreSQL's text holds any character but NUL, which becomes U+FFFD.</summary>
internal sealed class PlainText : JsonConverter<string>
{
    public static string Of(string text) => text.Replace('\0', '\uFFFD');

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Of(value));
}
