using System.Text.Json.Serialization;

namespace CrmSync.Ledger.Rows;

/// <summary>Lists that go into one statement as a JSON parameter, and what the audit keeps.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(List<long>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(FileKey[]))]
[JsonSerializable(typeof(NumberKey[]))]
[JsonSerializable(typeof(RevisionKey[]))]
[JsonSerializable(typeof(DeliveryFilter))]
internal sealed partial class LedgerJson : JsonSerializerContext;

internal sealed record FileKey(string Locator, long Size, long At);

internal sealed record NumberKey(string Instance, string Kind, long Number);

internal sealed record RevisionKey(string Instance, string Kind, long Number, int Revision);
