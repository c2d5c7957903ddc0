using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Salesforce;

/// <summary>The package's object <c>CrmSync_Delivery__c</c>: a row with a unique key in the same transaction as note and file.</summary>
internal sealed class SalesforceLedger(SalesforceClient client, TimeProvider clock)
{
    public const string Type = "CrmSync_Delivery__c";
    public const string Key = "Key__c";

    /// <summary>Fields that deliveries write, besides <see cref="Key"/>.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "Record_Id__c", "Case__c", "Session_Id__c", "Channel__c", "Disposition__c", "Payload_Hash__c", "Delivered_At__c",
        "Content_Version_Id__c", "Content_Document_Id__c", "Note_Id__c",
    ];

    /// <summary>Keys in one query: 120 characters each, and the address of a request may have 16,384 bytes.</summary>
    private const int KeysInQuery = 100;

    private const int DispositionMax = 255;

    /// <summary>The row that claims the delivery's key.</summary>
    public JsonObject Row(Parcel parcel, TicketRef ticket)
    {
        var row = new JsonObject
        {
            [Key] = parcel.Delivery.Key.Value,
            ["Record_Id__c"] = ticket.RecordId,
            ["Session_Id__c"] = parcel.Session.Key.ToString(),
            ["Channel__c"] = SessionKey.Word(parcel.Session.Key.Kind),
            ["Payload_Hash__c"] = Convert.ToHexStringLower(SHA256.HashData(parcel.Attachment.Content.Span)),
            ["Delivered_At__c"] = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        };
        if (ticket.RecordType == "Case")
        {
            row["Case__c"] = ticket.RecordId;
        }

        if (parcel.Session.Dispositions.Select(d => d.Path).FirstOrDefault(p => p is { Length: > 0 }) is { } path)
        {
            row["Disposition__c"] = path.Length > DispositionMax ? path[..DispositionMax] : path;
        }

        return row;
    }

    /// <summary>The receipts of the keys that are there.</summary>
    public async Task<SalesforceReply<IReadOnlyDictionary<string, Receipt>>> FindAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var found = new Dictionary<string, Receipt>(StringComparer.OrdinalIgnoreCase);
        foreach (var chunk in parcels.Select(p => p.Delivery.Key.Value).Chunk(KeysInQuery))
        {
            var soql = $"SELECT {Key}, Record_Id__c, Note_Id__c, Content_Version_Id__c, Content_Document_Id__c FROM {Type} WHERE {Key} IN {Soql.List(chunk)}";
            var (answer, trouble) = await client.QueryAsync(soql, all: false, cancel);
            if (answer is null)
            {
                return SalesforceReply<IReadOnlyDictionary<string, Receipt>>.Of(trouble!);
            }

            foreach (var row in answer.Records ?? [])
            {
                found[row.GetProperty(Key).GetString()!] = new Receipt(
                    Text(row, "Record_Id__c") ?? string.Empty,
                    Text(row, "Note_Id__c"),
                    Text(row, "Content_Document_Id__c") ?? Text(row, "Content_Version_Id__c"));
            }
        }

        return new(found, Trouble: null);
    }

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
}
