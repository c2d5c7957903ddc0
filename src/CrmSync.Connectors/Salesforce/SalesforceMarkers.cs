using System.Text.Json;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What an earlier try left on the record.</summary>
internal sealed record SalesforceTraces(string? DocumentId, string? NoteId);

/// <summary>Finds file and note of a delivery by their marker: the file's name, and the note's last line. For orgs without the ledger object.</summary>
internal sealed class SalesforceMarkers(SalesforceClient client, SalesforceNotes notes)
{
    private const int RecordsInQuery = 100;

    /// <summary>One answer a parcel, in order.</summary>
    public async Task<SalesforceReply<IReadOnlyList<SalesforceTraces>>> FindAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var files = new List<JsonElement>();
        var texts = new List<JsonElement>();
        foreach (var chunk in parcels.Chunk(RecordsInQuery))
        {
            foreach (var (rows, soql) in Queries(chunk, files, texts))
            {
                var (answer, trouble) = await client.QueryAsync(soql, all: false, cancel);
                if (answer is null)
                {
                    return SalesforceReply<IReadOnlyList<SalesforceTraces>>.Of(trouble!);
                }

                rows.AddRange(answer.Records ?? []);
            }
        }

        return new([.. parcels.Select(p => new SalesforceTraces(DocumentOf(p, files), NoteOf(p, texts)))], Trouble: null);
    }

    // Salesforce wants a filter by record on ContentDocumentLink; long texts cannot be filtered, so they are compared here.
    private IEnumerable<(List<JsonElement> Into, string Soql)> Queries(Parcel[] parcels, List<JsonElement> files, List<JsonElement> texts)
    {
        yield return (files,
            $"SELECT LinkedEntityId, ContentDocumentId, ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId IN {Ids(parcels)}");
        foreach (var group in parcels.GroupBy(p => (Type: notes.TypeFor(p.Ticket), Link: LinkOf(p))))
        {
            yield return (texts, $"SELECT Id, {group.Key.Link}, {TextOf(group.Key.Type)} FROM {group.Key.Type} WHERE {group.Key.Link} IN {Ids(group)}");
        }
    }

    private string LinkOf(Parcel parcel) => notes.TypeFor(parcel.Ticket) is not "Task" ? "ParentId"
        : parcel.Ticket.RecordType is "Contact" or "Lead" ? "WhoId" : "WhatId";

    private static string TextOf(string type) => type switch
    {
        "CaseComment" => "CommentBody",
        "Task" => "Description",
        _ => "Body",
    };

    private static string? DocumentOf(Parcel parcel, List<JsonElement> links) => links
        .Where(l => l.GetProperty("LinkedEntityId").GetString() == parcel.Ticket.RecordId
            && l.GetProperty("ContentDocument") is { ValueKind: JsonValueKind.Object } document
            && document.GetProperty("Title").GetString() == parcel.Attachment.FileName)
        .Select(l => l.GetProperty("ContentDocumentId").GetString())
        .FirstOrDefault();

    private string? NoteOf(Parcel parcel, List<JsonElement> texts)
    {
        var (text, marker) = (TextOf(notes.TypeFor(parcel.Ticket)), SalesforceNotes.Marker(parcel));
        return texts
            .Where(t => t.TryGetProperty(text, out var body) && body.GetString()?.Contains(marker, StringComparison.Ordinal) is true)
            .Select(t => t.GetProperty("Id").GetString())
            .FirstOrDefault();
    }

    private static string Ids(IEnumerable<Parcel> parcels) => Soql.List(parcels.Select(p => p.Ticket.RecordId).Distinct(StringComparer.Ordinal));
}
