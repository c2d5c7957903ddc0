using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Alerts;

/// <summary>What the webhook's receiver gets: docs/operations.md has the shape.</summary>
/// <param name="Type"><c>alert.raised</c> or <c>alert.resolved</c>.</param>
/// <param name="Text">One line for people.</param>
internal sealed record AlertMessage(string Type, DateTimeOffset Timestamp, string Installation, string Text, AlertBody Data)
{
    /// <summary>The same for every post of the same news, from every worker: receivers drop the second one by it.</summary>
    [JsonIgnore]
    public string Id => string.Create(
        CultureInfo.InvariantCulture,
        $"{Installation}-{Data.Key.Replace(':', '-')}-{Data.Level}-{Data.Since.ToUnixTimeMilliseconds()}-{(Type == Raised ? "raised" : "resolved")}");

    private const string Raised = "alert.raised";
    private const string Resolved = "alert.resolved";

    public static AlertMessage Of(AlertNews news, string installation, DateTimeOffset now)
    {
        var alert = news.Alert;
        return new AlertMessage(
            news.IsOver ? Resolved : Raised,
            now,
            installation,
            news.IsOver ? $"CrmSync: over: {alert.Message}" : $"CrmSync: {alert.Message} {alert.WhatToDo}",
            new AlertBody(alert.Key, alert.Kind, alert.Subject.Length == 0 ? null : alert.Subject, alert.Level, alert.Message, alert.WhatToDo, alert.Since));
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AlertJson.Default.AlertMessage);

    /// <summary>
    /// <c>v1,</c> and the base64 of HMAC-SHA256 over <c>id.timestamp.body</c>:
    /// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    /// </summary>
    public static string Sign(string secret, string id, string unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{unixSeconds}."));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }

    // The standard's secrets are base64 behind a prefix; any other text is a secret as it stands.
    private static byte[] Key(string secret)
    {
        const string Prefix = "whsec_";
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Base64(secret[Prefix.Length..]) is { } bytes ? bytes : Encoding.UTF8.GetBytes(secret);
    }

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}

internal sealed record AlertBody(string Key, AlertKind Kind, string? Subject, int Level, string Message, string WhatToDo, DateTimeOffset Since);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(AlertKindConverter)])]
[JsonSerializable(typeof(AlertMessage))]
internal sealed partial class AlertJson : JsonSerializerContext;

internal sealed class AlertKindConverter() : JsonStringEnumConverter<AlertKind>(JsonNamingPolicy.SnakeCaseLower);
