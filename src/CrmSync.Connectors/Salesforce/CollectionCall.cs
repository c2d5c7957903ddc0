using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Many sessions as one transaction: collections of files, of notes, of rows of the ledger, inside one all-or-none composite call. "If the
/// Composite request has allOrNone set to true, the behavior also applies to each of the collections" (resources_composite_allornone).
/// </summary>
internal sealed class CollectionCall
{
    /// <summary>Records of one collection (resources_composite_sobjects_collections).</summary>
    public const int RecordsMax = 200;

    /// <summary>What base64 makes of a byte, and what a draft takes besides its file: note, row, names.</summary>
    private const double Base64Growth = 4.0 / 3;
    private const int NoteBytes = 8_192;

    private const string NewNotes = "notes";
    private const string ChangedNotes = "changes";

    private readonly IReadOnlyList<SalesforceDraft> _drafts;
    private readonly Dictionary<string, List<int>> _owners = new(StringComparer.Ordinal);
    private readonly List<CollectionNode> _nodes = [];

    /// <param name="drafts">At most <see cref="RecordsMax"/>, each of another record.</param>
    public CollectionCall(IReadOnlyList<SalesforceDraft> drafts, SalesforceNodes nodes, bool keyed)
    {
        _drafts = drafts;
        var notes = drafts.Select(nodes.NoteOf).Index().Where(n => n.Item is not null).ToList();
        Add("POST", SalesforceNodes.File, nodes.Root, [.. drafts.Select((d, i) => (i, Typed("ContentVersion", SalesforceNodes.Literal(d.File()))))]);
        Add("POST", NewNotes, nodes.Root, [.. notes.Where(n => n.Item!.Method == "POST").OrderBy(n => TypeOf(n.Item!), StringComparer.Ordinal).Select(n => (n.Index, Typed(TypeOf(n.Item!), n.Item!.Body!)))]);
        Add("PATCH", ChangedNotes, nodes.Root, [.. notes.Where(n => n.Item!.Method == "PATCH").OrderBy(n => TypeOf(n.Item!), StringComparer.Ordinal).Select(n => (n.Index, WithId(n.Item!)))]);
        if (keyed)
        {
            // Last, because it names what the others made; it decides for all of them all the same.
            Add("POST", SalesforceNodes.Lock, nodes.Root, [.. drafts.Select((d, i) => (i, Typed(SalesforceLedger.Type, Row(nodes.RowOf(d), i))))]);
        }
    }

    public IReadOnlyList<SalesforceDraft> Drafts => _drafts;

    public CollectionsRequest Request => new(AllOrNone: true, _nodes);

    /// <summary>As many drafts, in order, as fit into the bytes; at least one.</summary>
    public static int Fit(IReadOnlyList<SalesforceDraft> drafts, int bytesMax)
    {
        var bytes = 0.0;
        var count = drafts.TakeWhile(d => (bytes += NoteBytes + (d.Parcel.Attachment.Content.Length * Base64Growth)) <= bytesMax).Count();
        return Math.Max(1, count);
    }

    /// <summary>The id of what a collection made for a draft; null when it made nothing.</summary>
    public string? IdOf(string collection, int draft, IReadOnlyList<NodeAnswer> answers) => Result(collection, draft, answers)?.Id;

    /// <summary>The note made or changed for a draft.</summary>
    public string? NoteIdOf(int draft, IReadOnlyList<NodeAnswer> answers) =>
        IdOf(NewNotes, draft, answers) ?? IdOf(ChangedNotes, draft, answers) ?? _drafts[draft].Earlier?.NoteId;

    /// <summary>What stopped one draft, as far as it was that draft's own: the ledger's refusal first.</summary>
    public (bool IsLock, ApiError Error)? CulpritOf(int draft, IReadOnlyList<NodeAnswer> answers)
    {
        foreach (var collection in new[] { SalesforceNodes.Lock, SalesforceNodes.File, NewNotes, ChangedNotes })
        {
            if (Result(collection, draft, answers) is { Success: false, Errors: [var error, ..] } && !SalesforceFaults.IsDerived(error))
            {
                return (collection == SalesforceNodes.Lock, error);
            }
        }

        return null;
    }

    private SaveResult? Result(string collection, int draft, IReadOnlyList<NodeAnswer> answers)
    {
        var place = _owners.GetValueOrDefault(collection)?.IndexOf(draft) ?? -1;
        return place >= 0
            && answers.FirstOrDefault(a => a.ReferenceId == collection)?.Body is { ValueKind: JsonValueKind.Array } list
            && place < list.GetArrayLength()
            && list[place].TryGetProperty("success", out _)
            ? list[place].Deserialize(SalesforceJson.Wire.SaveResult)
            : null;
    }

    private void Add(string method, string reference, string root, List<(int Draft, JsonObject Record)> records)
    {
        if (records.Count > 0)
        {
            _owners[reference] = [.. records.Select(r => r.Draft)];
            _nodes.Add(new CollectionNode(method, $"{root}composite/sobjects", reference, new CollectionRequest(AllOrNone: true, [.. records.Select(r => r.Record)])));
        }
    }

    private JsonObject Row(JsonObject row, int draft)
    {
        row["Content_Version_Id__c"] = Reference(SalesforceNodes.File, draft);
        row["Content_Document_Id__c"] = _drafts[draft].EarlierDocument;
        row["Note_Id__c"] = _owners.GetValueOrDefault(NewNotes)?.Contains(draft) is true ? Reference(NewNotes, draft) : _drafts[draft].Earlier?.NoteId;
        return row;
    }

    private string Reference(string collection, int draft) =>
        string.Create(CultureInfo.InvariantCulture, $"@{{{collection}[{_owners[collection].IndexOf(draft)}].id}}");

    private static string TypeOf(Node note) => note.Url.Split("/sobjects/")[1].Split('/')[0];

    private static JsonObject WithId(Node note)
    {
        var record = Typed(TypeOf(note), note.Body!);
        record["Id"] = note.Url[(note.Url.LastIndexOf('/') + 1)..];
        return record;
    }

    private static JsonObject Typed(string type, JsonObject record) => new(
        record.Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())).Prepend(new("attributes", new JsonObject { ["type"] = type })));
}
