using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>A custom ticket field.</summary>
/// <param name="Type"><c>text</c>, <c>tagger</c> (drop-down), <c>integer</c>, <c>checkbox</c> ...</param>
/// <param name="Options">Values of a drop-down, by their tag; empty for other types.</param>
/// <param name="Required">A ticket may not be saved while it has no value: the rule admins set up and forget.</param>
public sealed record ZendeskField(long Id, string Title, string Type, IReadOnlyList<string> Options, bool Required = false);

/// <summary>The account's custom fields. Guarded by the account's lock.</summary>
internal sealed class ZendeskFields
{
    private readonly SortedDictionary<long, ZendeskField> _fields = [];

    public IEnumerable<ZendeskField> All => _fields.Values;

    public void Add(ZendeskField field) => _fields[field.Id] = field;

    public bool Has(long id) => _fields.ContainsKey(id);

    /// <summary>Unknown fields are ignored by Zendesk without a word; a drop-down value it does not have is refused.</summary>
    public ZendeskAnswer? Complaint(long id, JsonNode? value) =>
        _fields.TryGetValue(id, out var field) && field.Options.Count > 0 && value is not null
            && !field.Options.Contains(value.ToString(), StringComparer.Ordinal)
            ? ZendeskAnswer.Invalid("base", $"{field.Title}: {value} is not a valid value", "InvalidValue")
            : null;

    public ZendeskAnswer? Missing(ZendeskTicket ticket, ZendeskTicketPatch patch) =>
        (from field in _fields.Values
         where field.Required && ticket.CustomFields.GetValueOrDefault(field.Id) is null
         where !patch.CustomFields.Any(given => given.Key == field.Id && given.Value is not null)
         select ZendeskAnswer.Invalid("base", $"{field.Title}: is required when solving a ticket", "InvalidValue")).FirstOrDefault();
}
