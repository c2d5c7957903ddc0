namespace CrmSync.Simulators.Salesforce;

internal enum FieldKind
{
    Id,
    Reference,
    Text,
    TextArea,
    Picklist,
    Boolean,
    Number,
    DateTime,
    Date,
    Base64,
    AutoNumber,
}

/// <summary>One field, as describe tells it and DML enforces it.</summary>
/// <param name="Length">Longest value, in characters; in UTF-8 bytes with <see cref="CountsBytes"/>.</param>
internal sealed record Field(string Name, FieldKind Kind, int Length = 0)
{
    public bool Required { get; init; }

    public bool Createable { get; init; } = true;

    public bool Updateable { get; init; } = true;

    public bool Unique { get; init; }

    public bool ExternalId { get; init; }

    public bool IdLookup { get; init; }

    public bool CountsBytes { get; init; }

    /// <summary>Objects a reference may point to; empty: any record.</summary>
    public IReadOnlyList<string> ReferenceTo { get; init; } = [];

    /// <summary>Name in a SOQL path, e.g. <c>ContentDocument</c> of <c>ContentDocumentId</c>.</summary>
    public string? Relationship { get; init; }

    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Refuses values that are not in <see cref="Values"/>.</summary>
    public bool Restricted { get; init; }

    public object? Default { get; init; }

    public bool IsCustom => Name.EndsWith("__c", StringComparison.OrdinalIgnoreCase);

    public Field ReadOnly() => this with { Createable = false, Updateable = false };
}

/// <summary>One object type with all its fields.</summary>
internal sealed class SObjectType
{
    private static readonly Field[] SystemFields =
    [
        new Field("Id", FieldKind.Id, 18) { IdLookup = true }.ReadOnly(),
        new Field("IsDeleted", FieldKind.Boolean) { Default = false }.ReadOnly(),
        new Field("CreatedDate", FieldKind.DateTime).ReadOnly(),
        new Field("CreatedById", FieldKind.Reference, 18) { ReferenceTo = ["User"], Relationship = "CreatedBy" }.ReadOnly(),
        new Field("LastModifiedDate", FieldKind.DateTime).ReadOnly(),
        new Field("SystemModstamp", FieldKind.DateTime).ReadOnly(),
    ];

    private readonly Dictionary<string, Field> _byName;

    public SObjectType(string name, string keyPrefix, params IEnumerable<Field> fields)
    {
        Name = name;
        KeyPrefix = keyPrefix;
        Fields = [.. SystemFields, .. fields];
        _byName = Fields.ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
    }

    public string Name { get; }

    public string KeyPrefix { get; }

    public IReadOnlyList<Field> Fields { get; }

    public bool IsCustom => Name.EndsWith("__c", StringComparison.OrdinalIgnoreCase);

    public Field? Find(string name) => _byName.GetValueOrDefault(name);

    public Field? FindRelationship(string name) =>
        Fields.FirstOrDefault(f => string.Equals(f.Relationship, name, StringComparison.OrdinalIgnoreCase));
}
