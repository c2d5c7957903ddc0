using System.Text.Json.Nodes;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>The nodes that bring one draft to its record, and what their answers mean.</summary>
internal sealed class SalesforceNodes(SalesforceOptions options, SalesforceNotes notes, SalesforceLedger ledger, string root)
{
    public const string Lock = "lock";
    public const string File = "file";
    public const string Note = "note";
    private const string Document = "document";
    private const string Done = "done";

    /// <summary>With the ledger's row first: its unique key makes the whole transaction happen once.</summary>
    public IReadOnlyList<Node> Keyed(SalesforceDraft draft)
    {
        var nodes = Unkeyed(draft, marked: false);
        return
        [
            Post(Lock, SalesforceLedger.Type, ledger.Row(draft.Parcel, draft.Ticket)),
            .. nodes,
            new Node("PATCH", $"{root}sobjects/{SalesforceLedger.Type}/@{{{Lock}.id}}", Done, new JsonObject
            {
                ["Content_Version_Id__c"] = $"@{{{File}.id}}",
                ["Content_Document_Id__c"] = draft.EarlierDocument ?? $"@{{{Document}.ContentDocumentId}}",
                ["Note_Id__c"] = nodes.Any(n => n is { ReferenceId: Note, Method: "POST" }) ? $"@{{{Note}.id}}" : draft.Earlier?.NoteId,
            }),
        ];
    }

    /// <param name="marked">The note carries the marker, because no row will tell that it is there.</param>
    public IReadOnlyList<Node> Unkeyed(SalesforceDraft draft, bool marked)
    {
        var nodes = new List<Node> { Post(File, "ContentVersion", draft.File()) };
        if (NoteOf(draft, marked) is { } note)
        {
            nodes.Add(note);
        }

        if (draft.EarlierDocument is null)
        {
            nodes.Add(new Node("GET", $"{root}sobjects/ContentVersion/@{{{File}.id}}?fields=ContentDocumentId", Document));
        }

        return nodes;
    }

    public static Receipt ReceiptOf(SalesforceDraft draft, IReadOnlyList<NodeAnswer> answers, string? url) => new(
        draft.Ticket.RecordId,
        answers.FirstOrDefault(a => a.ReferenceId == Note)?.Text("id") ?? draft.Earlier?.NoteId,
        draft.EarlierDocument ?? answers.FirstOrDefault(a => a.ReferenceId == Document)?.Text("ContentDocumentId"),
        url);

    private Node? NoteOf(SalesforceDraft draft, bool marked)
    {
        var note = notes.For(draft.Parcel, draft.Ticket, marked);
        return (draft.Earlier?.NoteId, options.RevisedNote) switch
        {
            ({ } id, SalesforceRevisedNote.Edit) => new Node("PATCH", $"{root}sobjects/{note.Type}/{id}", Note, Literal(note.Content)),
            ({ }, SalesforceRevisedNote.Keep) => null,
            _ => Post(Note, note.Type, note.Whole),
        };
    }

    private Node Post(string reference, string type, JsonObject record) => new("POST", $"{root}sobjects/{type}", reference, Literal(record));

    private static JsonObject Literal(JsonObject record) => new(record.Select(field => KeyValuePair.Create(
        field.Key,
        field.Value is JsonValue value && value.TryGetValue<string>(out var text) ? NoteText.WithoutReferences(text) : field.Value?.DeepClone())));
}
