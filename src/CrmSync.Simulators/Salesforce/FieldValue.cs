using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>Between JSON and what a <see cref="Row"/> holds, with the checks a field's kind brings along.</summary>
internal static class FieldValue
{
    private const string DateTimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'";

    /// <summary>The value to store; throws the refusal Salesforce would answer with.</summary>
    public static object? Parse(Field field, JsonNode? json)
    {
        if (json is null)
        {
            return null;
        }

        return field.Kind switch
        {
            FieldKind.Boolean => json.GetValueKind() switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw CannotDeserialize(field, "boolean", json),
            },
            FieldKind.Number => json.GetValueKind() == JsonValueKind.Number
                ? json.GetValue<decimal>()
                : throw CannotDeserialize(field, "double", json),
            FieldKind.Date => Day(field, Text(field, json)),
            FieldKind.DateTime => Instant(field, Text(field, json)),
            FieldKind.Base64 => Bytes(field, Text(field, json)),
            FieldKind.Id or FieldKind.Reference => Reference(field, Text(field, json)),
            FieldKind.Picklist => Choice(field, Text(field, json)),
            _ => Sized(field, Text(field, json)),
        };
    }

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        decimal number => number,
        DateTimeOffset instant => Format(instant),
        byte[] => throw new InvalidOperationException("A blob is read by its own resource."),
        _ => (string)value,
    };

    /// <summary>E.g. <c>2026-03-08T09:30:00.000+0000</c>.</summary>
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(DateTimeForm, CultureInfo.InvariantCulture);

    private static string Text(Field field, JsonNode json) => json.GetValueKind() == JsonValueKind.String
        ? json.GetValue<string>()
        : throw CannotDeserialize(field, "string", json);

    private static string? Sized(Field field, string text)
    {
        var size = field.CountsBytes ? Encoding.UTF8.GetByteCount(text) : text.Length;
        if (size > field.Length)
        {
            var shown = text.Length > 40 ? text[..40] : text;
            throw new ApiException(
                400, "STRING_TOO_LONG", $"{field.Name}: data value too large: {shown} (max length={field.Length})", field.Name);
        }

        return text.Length == 0 ? null : text;
    }

    private static string? Choice(Field field, string text) =>
        field.Restricted && !field.Values.Contains(text, StringComparer.Ordinal)
            ? throw new ApiException(
                400,
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                $"{field.Name}: bad value for restricted picklist field: {text}",
                field.Name)
            : Sized(field, text);

    private static string? Reference(Field field, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return RecordId.TryNormalize(text, out var id)
            ? id
            : throw new ApiException(400, "MALFORMED_ID", $"{field.Name}: id value of incorrect type: {text}", field.Name);
    }

    private static DateTimeOffset Instant(Field field, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && text.Length > 10
            ? instant
            : throw ApiException.Malformed($"Cannot deserialize instance of datetime from VALUE_STRING value {text} or request may be missing a required field: {field.Name}");

    private static string Day(Field field, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? text
            : throw ApiException.Malformed($"Cannot deserialize instance of date from VALUE_STRING value {text} or request may be missing a required field: {field.Name}");

    private static byte[] Bytes(Field field, string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new ApiException(400, "INVALID_BASE64", $"{field.Name}: not valid base64", field.Name);
        }
    }

    private static ApiException CannotDeserialize(Field field, string type, JsonNode json) => ApiException.Malformed(
        $"Cannot deserialize instance of {type} from {json.GetValueKind()} value {json.ToJsonString()} or request may be missing a required field: {field.Name}");
}
