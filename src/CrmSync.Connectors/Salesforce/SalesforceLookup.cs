using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Finds the open Case of a customer whose session names no record. It never guesses: several open Cases are ambiguous unless the newest was
/// asked for. At most four calls for a batch, and one more for each 50 phone numbers.
/// </summary>
internal sealed class SalesforceLookup(SalesforceLookupOptions options, SalesforceClient client)
{
    private const int ValuesInQuery = 100;
    private const int PhonesInSearch = 50;

    private static readonly string[] PhoneFields = ["Phone", "MobilePhone", "HomePhone", "OtherPhone"];

    public bool IsOn => options.By.Count > 0;

    /// <summary>One answer a session, in order; null where nothing was found.</summary>
    public async Task<SalesforceReply<IReadOnlyList<Resolution?>>> FindAsync(
        IReadOnlyList<SessionMetadata> sessions, Func<string, string, Resolution> found, CancellationToken cancel)
    {
        var customers = sessions.Select(s => SalesforceCustomer.Of(s, options.By)).ToList();
        var hits = new Hits();
        var trouble = await PeopleAsync(customers, hits, cancel) ?? await CasesAsync(customers, hits, cancel);
        return trouble is null
            ? new([.. customers.Select(c => Choose(c, hits, found))], Trouble: null)
            : SalesforceReply<IReadOnlyList<Resolution?>>.Of(trouble);
    }

    private async Task<SalesforceTrouble?> PeopleAsync(List<SalesforceCustomer> customers, Hits hits, CancellationToken cancel)
    {
        foreach (var emails in customers.SelectMany(c => c.Emails).Distinct(StringComparer.Ordinal).Chunk(ValuesInQuery))
        {
            var (answer, trouble) = await client.QueryAsync($"SELECT Id, Email FROM Contact WHERE Email IN {Soql.List(emails)}", all: false, cancel);
            if (answer is null)
            {
                return trouble;
            }

            hits.Contacts.AddRange((answer.Records ?? []).Select(r => new Contact(Id(r), SalesforceCustomer.Email(Text(r, "Email")), [])));
        }

        foreach (var phones in customers.SelectMany(c => c.Phones).Distinct(StringComparer.Ordinal).Chunk(PhonesInSearch))
        {
            var sosl = $"FIND {Sosl.AnyOf(phones)} IN PHONE FIELDS RETURNING Contact(Id, {string.Join(", ", PhoneFields)}), "
                + "Case(Id, SuppliedPhone, CreatedDate WHERE IsClosed = false)";
            var (answer, trouble) = await client.SearchAsync(sosl, cancel);
            if (answer is null)
            {
                return trouble;
            }

            foreach (var record in answer.SearchRecords ?? [])
            {
                hits.Add(record);
            }
        }

        return null;
    }

    private async Task<SalesforceTrouble?> CasesAsync(List<SalesforceCustomer> customers, Hits hits, CancellationToken cancel)
    {
        var contacts = customers.Select(c => c.ContactId).OfType<string>().Concat(hits.Contacts.Select(c => c.Id));
        var emails = customers.SelectMany(c => c.Emails);
        foreach (var (field, values) in new[] { ("ContactId", contacts), ("SuppliedEmail", emails) })
        {
            foreach (var chunk in values.Distinct(StringComparer.Ordinal).Chunk(ValuesInQuery))
            {
                var (answer, trouble) = await client.QueryAsync(
                    $"SELECT Id, ContactId, SuppliedEmail, CreatedDate FROM Case WHERE IsClosed = false AND {field} IN {Soql.List(chunk)}", all: false, cancel);
                if (answer is null)
                {
                    return trouble;
                }

                hits.Cases.AddRange((answer.Records ?? []).Select(Case.Of));
            }
        }

        return null;
    }

    private Resolution? Choose(SalesforceCustomer customer, Hits hits, Func<string, string, Resolution> found)
    {
        var contacts = hits.Contacts
            .Where(c => (c.Email is not null && customer.Emails.Contains(c.Email)) || c.Phones.Any(customer.Phones.Contains))
            .Select(c => c.Id).Concat(customer.ContactId is { } known ? [known] : Array.Empty<string>()).ToHashSet(StringComparer.Ordinal);
        var cases = hits.Cases.Where(c => (c.ContactId is not null && contacts.Contains(c.ContactId))
                || (c.Email is not null && customer.Emails.Contains(c.Email))
                || (c.Phone is not null && customer.Phones.Contains(c.Phone)))
            .DistinctBy(c => c.Id, StringComparer.Ordinal).OrderByDescending(c => c.Created, StringComparer.Ordinal).ThenByDescending(c => c.Id, StringComparer.Ordinal).ToList();
        return (cases, contacts.Count) switch
        {
            ([var one], _) => found("Case", one.Id),
            ([var newest, ..], _) when options.Several is SalesforceLookupChoice.NewestOpen => found("Case", newest.Id),
            ([_, ..], _) => new Resolution.Ambiguous(new Fault(ReasonCodes.TicketAmbiguous, $"The customer has {cases.Count} open Cases.")),
            (_, 1) when options.Contact => found("Contact", contacts.Single()),
            (_, > 1) when options.Contact => new Resolution.Ambiguous(new Fault(ReasonCodes.TicketAmbiguous, $"{contacts.Count} Contacts fit the customer.")),
            _ => null,
        };
    }

    private static string Id(JsonElement record) => record.GetProperty("Id").GetString()!;

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private sealed class Hits
    {
        public List<Contact> Contacts { get; } = [];

        public List<Case> Cases { get; } = [];

        public void Add(JsonElement record)
        {
            if (record.GetProperty("attributes").GetProperty("type").GetString() == "Case")
            {
                Cases.Add(Case.Of(record));
            }
            else
            {
                Contacts.Add(new Contact(Id(record), null, [.. PhoneFields.Select(f => SalesforceCustomer.Phone(Text(record, f))).OfType<string>()]));
            }
        }
    }

    private sealed record Contact(string Id, string? Email, IReadOnlyList<string> Phones);

    /// <param name="Created">As Salesforce writes it, e.g. <c>2026-03-08T09:30:00.000+0000</c>: always UTC, so that the texts sort by time.</param>
    private sealed record Case(string Id, string? ContactId, string? Email, string? Phone, string Created)
    {
        public static Case Of(JsonElement record) => new(
            SalesforceLookup.Id(record),
            Text(record, "ContactId"),
            SalesforceCustomer.Email(Text(record, "SuppliedEmail")),
            SalesforceCustomer.Phone(Text(record, "SuppliedPhone")),
            Text(record, "CreatedDate") ?? string.Empty);
    }
}
