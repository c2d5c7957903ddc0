using System.Globalization;
using System.Text.Json;
using CrmSync.Console.Texts;

namespace CrmSync.Console.Views;

/// <summary>Which deliveries an action was for, in words: the audit keeps it as JSON.</summary>
internal static class AuditFilter
{
    /// <param name="json">e.g. <c>{"connector":"zendesk","reason":"TICKET_NOT_FOUND"}</c>, or <c>{"id":12}</c>.</param>
    public static string Words(string json, Speech say)
    {
        using var filter = JsonDocument.Parse(json);
        return string.Join(" · ", filter.RootElement.EnumerateObject().Select(part => part.Value.ValueKind switch
        {
            JsonValueKind.Number when part.NameEquals("id") => say.Format(AuditTexts.OneDelivery, part.Value.GetInt64().ToString(CultureInfo.InvariantCulture)),
            JsonValueKind.String => part.Value.GetString(),
            _ => $"{part.Name} {part.Value.GetRawText()}",
        }));
    }
}
