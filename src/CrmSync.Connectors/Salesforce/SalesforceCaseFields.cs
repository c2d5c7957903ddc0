using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Fills Case fields before note and file are written. The values are absolute, so that doing it again is harmless, and a customer's
/// validation rule that refuses them never costs the note: it is logged and the delivery goes on.
/// </summary>
internal sealed partial class SalesforceCaseFields(
    SalesforceOptions options, SalesforceClient client, SalesforceObjects objects, ILogger logger)
{
    public const string PartPrefix = "field-";

    private const int RecordsMax = 200;

    /// <summary>Per parcel: null to go on, or the outcome that stops it. At most 200 records a call.</summary>
    public async Task<IReadOnlyList<Outcome?>> WriteAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var outcomes = new Outcome?[parcels.Count];
        var wanted = parcels.Index().Where(p => options.CaseFields.Count > 0 && p.Item.Ticket.RecordType == "Case").ToList();
        if (wanted.Count == 0)
        {
            return outcomes;
        }

        var (description, trouble) = await objects.DescribeAsync("Case", cancel);
        if (description is null)
        {
            wanted.ForEach(w => outcomes[w.Index] = SalesforceFaults.Harmless(trouble!));
            return outcomes;
        }

        var fields = options.CaseFields.Keys
            .Select(name => description.Fields?.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)))
            .OfType<FieldAnswer>().Where(f => f.Updateable).ToList();
        var records = wanted.Select(w => (w.Index, Record: RecordOf(w.Item, fields))).Where(r => r.Record.Count > 2).ToList();
        foreach (var chunk in records.Chunk(RecordsMax))
        {
            await WriteAsync(chunk, parcels, outcomes, cancel);
        }

        return outcomes;
    }

    /// <summary>For parcels that went to another Case than they were bound for. What is refused there is logged and lost.</summary>
    public async Task FollowAsync(IReadOnlyList<Parcel> moved, CancellationToken cancel)
    {
        if (moved.Count > 0)
        {
            foreach (var (parcel, outcome) in moved.Zip(await WriteAsync(moved, cancel)))
            {
                if (outcome is not null)
                {
                    Log.FieldsNotMoved(logger, parcel.Session.Key.ToString(), parcel.Ticket.RecordId);
                }
            }
        }
    }

    private async Task WriteAsync((int Index, JsonObject Record)[] chunk, IReadOnlyList<Parcel> parcels, Outcome?[] outcomes, CancellationToken cancel)
    {
        var (results, trouble) = await client.UpdateAsync([.. chunk.Select(c => c.Record)], cancel);
        for (var i = 0; i < chunk.Length; i++)
        {
            outcomes[chunk[i].Index] = trouble is not null
                ? SalesforceFaults.Harmless(trouble)
                : OutcomeOf(parcels[chunk[i].Index], results?.ElementAtOrDefault(i));
        }
    }

    private Outcome? OutcomeOf(Parcel parcel, SaveResult? result)
    {
        if (result is not { Success: false, Errors: [var error, ..] })
        {
            return null;
        }

        // Merged and deleted Cases are for the transport, which finds out where they went.
        var outcome = SalesforceFaults.ToOutcome(error);
        if (outcome is Outcome.Deferred)
        {
            return outcome;
        }

        if (!SalesforceFaults.IsGone(error))
        {
            Log.FieldsRefused(logger, parcel.Session.Key.ToString(), error.Code, string.Join(", ", error.Fields ?? []));
        }

        return null;
    }

    private JsonObject RecordOf(Parcel parcel, IReadOnlyList<FieldAnswer> fields)
    {
        var record = new JsonObject { ["attributes"] = new JsonObject { ["type"] = "Case" }, ["Id"] = parcel.Ticket.RecordId };
        foreach (var field in fields)
        {
            if (PartOf(parcel, field)?.Trim() is not { Length: > 0 } text)
            {
                continue;
            }

            if (Value(field, text) is { } value)
            {
                record[field.Name] = value;
            }
            else
            {
                Log.ValueUnfit(logger, parcel.Session.Key.ToString(), field.Name, field.Type);
            }
        }

        return record;
    }

    // The part is named as the settings spell the field.
    private string? PartOf(Parcel parcel, FieldAnswer field) => options.CaseFields.Keys
        .Where(name => string.Equals(name, field.Name, StringComparison.OrdinalIgnoreCase))
        .Select(name => parcel.Note.Part(PartPrefix + name))
        .FirstOrDefault();

    // Null leaves the field alone: text that is no number, or none of the choices of a restricted list, would cost the other fields too.
    private static JsonNode? Value(FieldAnswer field, string text) => field.Type switch
    {
        "boolean" => bool.TryParse(text, out var flag) ? flag : null,
        "double" or "currency" or "percent" or "int" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when field is { RestrictedPicklist: true, Type: "picklist" } => (field.PicklistValues ?? []).FirstOrDefault(v => v.Active && string.Equals(v.Value, text, StringComparison.OrdinalIgnoreCase))?.Value,
        _ => field.Length > 0 && text.Length > field.Length ? NoteText.FitCharacters(text, field.Length, "…") : text,
    };

    private static partial class Log
    {
        [LoggerMessage(601, LogLevel.Warning, "salesforce.fields_refused {Session}: {Code} on {Fields}; note and file are delivered without them")]
        public static partial void FieldsRefused(ILogger logger, string session, string code, string fields);

        [LoggerMessage(602, LogLevel.Warning, "salesforce.value_unfit {Session}: the value for {Field} is none that a {Type} field takes; the field is left alone")]
        public static partial void ValueUnfit(ILogger logger, string session, string field, string type);

        [LoggerMessage(603, LogLevel.Warning, "salesforce.fields_not_moved {Session}: the Case was merged into {Record}, whose fields could not be written")]
        public static partial void FieldsNotMoved(ILogger logger, string session, string record);
    }
}
