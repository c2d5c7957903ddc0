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
    private const string Link = "link";
    private const string Done = "done";

    /// <summary>Path before a resource, e.g. <c>/services/data/v67.0/</c>.</summary>
    public string Root => root;

    /// <summary>With the ledger's row first, where there is a ledger: its unique key makes the whole transaction happen once.</summary>
    public IReadOnlyList<Node> Of(SalesforceDraft draft) => options.UsesPackage ? Keyed(draft) : Unkeyed(draft);

    /// <summary>The ledger's row as a record.</summary>
    public JsonObject RowOf(SalesforceDraft draft) => Literal(ledger.Row(draft.Parcel, draft.Ticket));

    /// <summary>The note as a node by itself; null when the note of before stays as it is.</summary>
    public Node? NoteOf(SalesforceDraft draft)
    {
        var note = notes.For(draft.Parcel, draft.Ticket, marked: !options.UsesPackage);
        return (draft.Earlier?.NoteId, options.RevisedNote) switch
        {
            ({ } id, SalesforceRevisedNote.Edit) => new Node("PATCH", $"{root}sobjects/{note.Type}/{id}", Note, Literal(note.Content)),
            ({ }, SalesforceRevisedNote.Keep) => null,
            _ => Post(Note, note.Type, note.Whole),
        };
    }

    /// <summary>File and note, without a row of the ledger.</summary>
    public IReadOnlyList<Node> Unkeyed(SalesforceDraft draft)
    {
        var nodes = FileOf(draft).ToList();
        if (NoteOf(draft) is { } note)
        {
            nodes.Add(note);
        }

        return nodes;
    }

    public static Receipt ReceiptOf(SalesforceDraft draft, IReadOnlyList<NodeAnswer> answers) => new(
        draft.Ticket.RecordId,
        answers.FirstOrDefault(a => a.ReferenceId == Note)?.Text("id") ?? draft.Earlier?.NoteId,
        draft.EarlierDocument ?? answers.FirstOrDefault(a => a.ReferenceId == Document)?.Text("ContentDocumentId"),
        draft.Ticket.Url);

    /// <summary>The record, with text values as they are, so that none is read as a reference to another node.</summary>
    public static JsonObject Literal(JsonObject record)
    {
        foreach (var (key, value) in record.ToList())
        {
            if (value is JsonValue leaf && leaf.TryGetValue<string>(out var text) && text.Contains("@{", StringComparison.Ordinal))
            {
                record[key] = NoteText.WithoutReferences(text);
            }
        }

        return record;
    }

    private IReadOnlyList<Node> Keyed(SalesforceDraft draft)
    {
        var nodes = Unkeyed(draft);
        return
        [
            new Node("POST", $"{root}sobjects/{SalesforceLedger.Type}", Lock, RowOf(draft)),
            .. nodes,
            new Node("PATCH", $"{root}sobjects/{SalesforceLedger.Type}/@{{{Lock}.id}}", Done, new JsonObject
            {
                ["Content_Version_Id__c"] = draft.VersionId ?? $"@{{{File}.id}}",
                ["Content_Document_Id__c"] = draft.EarlierDocument ?? $"@{{{Document}.ContentDocumentId}}",
                ["Note_Id__c"] = nodes.Any(n => n is { ReferenceId: Note, Method: "POST" }) ? $"@{{{Note}.id}}" : draft.Earlier?.NoteId,
            }),
        ];
    }

    private IEnumerable<Node> FileOf(SalesforceDraft draft)
    {
        if (draft.VersionId is null)
        {
            yield return Post(File, "ContentVersion", draft.File());
        }

        if (draft.EarlierDocument is not null)
        {
            yield break;
        }

        yield return new Node("GET", $"{root}sobjects/ContentVersion/{draft.VersionId ?? $"@{{{File}.id}}"}?fields=ContentDocumentId", Document);
        if (draft.VersionId is not null)
        {
            // Inferred: who may see the record may see the file.
            yield return new Node("POST", $"{root}sobjects/ContentDocumentLink", Link, new JsonObject
            {
                ["ContentDocumentId"] = $"@{{{Document}.ContentDocumentId}}",
                ["LinkedEntityId"] = draft.Ticket.RecordId,
                ["ShareType"] = "I",
            });
        }
    }

    private Node Post(string reference, string type, JsonObject record) => new("POST", $"{root}sobjects/{type}", reference, Literal(record));
}
