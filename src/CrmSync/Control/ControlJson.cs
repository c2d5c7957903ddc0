using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Alerts;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Control;

/// <summary>The shapes of the control API, and of <c>--json</c> on the command line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(ReasonCodeConverter), typeof(SessionKeyConverter), typeof(DeliveryKeyConverter)])]
[JsonSerializable(typeof(ControlFile))]
[JsonSerializable(typeof(LedgerSummary))]
[JsonSerializable(typeof(SessionHistory))]
[JsonSerializable(typeof(IReadOnlyList<SessionKey>))]
[JsonSerializable(typeof(IReadOnlyList<Delivery>))]
[JsonSerializable(typeof(IReadOnlyList<QuarantinedFile>))]
[JsonSerializable(typeof(IReadOnlyList<CheckReport>))]
[JsonSerializable(typeof(IReadOnlyList<Alert>))]
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(ActionAnswer))]
[JsonSerializable(typeof(SendRequest))]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(Ledger.LedgerCheckup))]
[JsonSerializable(typeof(BackUpRequest))]
[JsonSerializable(typeof(Cli.Inspected))]
[JsonSerializable(typeof(Cli.Simulated))]
[JsonSerializable(typeof(IReadOnlyList<Sending.PreviewedFile>))]
internal sealed partial class ControlJson : JsonSerializerContext
{
    /// <summary>Makes the web framework read and write the same shapes: it takes a context's types, but not its options.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = Default.Options.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = Default.Options.DefaultIgnoreCondition;
        options.TypeInfoResolverChain.Insert(0, Default);
        options.Converters.Add(new JsonStringEnumConverter());
        foreach (var converter in Default.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}

internal sealed record ListRequest(DeliveryFilter Filter, int Skip, int Take);

/// <param name="Verb"><c>retry</c>, <c>park</c>, <c>cancel</c> or <c>ticket</c>.</param>
/// <param name="Ticket">Where the deliveries belong; with <c>ticket</c> only.</param>
internal sealed record ActionRequest(string Verb, DeliveryFilter Which, string Actor, string? Ticket = null);

/// <param name="Path">Absolute, and not there yet.</param>
internal sealed record BackUpRequest(string Path);

internal sealed record ActionAnswer(int Changed);

/// <param name="Source">Whose settings (instance, disposition paths) the files are read with.</param>
internal sealed record SendRequest(string? Source, IReadOnlyList<string> Files);

internal sealed record SendAnswer(IReadOnlyList<SentFile> Files);

/// <param name="Session">Null when the file could not be read; then <paramref name="Fault"/> says why.</param>
internal sealed record SentFile(string File, SessionKey? Session, Fault? Fault);

internal sealed class ReasonCodeConverter : JsonConverter<ReasonCode>
{
    public override ReasonCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReasonCodes.Parse(reader.GetString() ?? throw new JsonException("A reason code is missing."));

    public override void Write(Utf8JsonWriter writer, ReasonCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}

internal sealed class SessionKeyConverter : JsonConverter<SessionKey>
{
    public override SessionKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SessionKey.TryParse(reader.GetString() ?? string.Empty) ?? throw new JsonException("Not a session key.");

    public override void Write(Utf8JsonWriter writer, SessionKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class DeliveryKeyConverter : JsonConverter<DeliveryKey>
{
    public override DeliveryKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A delivery key is missing."));

    public override void Write(Utf8JsonWriter writer, DeliveryKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
