namespace CrmSync.Simulators.Salesforce;

/// <summary>One stored record. Values are string, bool, decimal, DateTimeOffset, byte[] or null, by the field's kind.</summary>
internal sealed class Row(SObjectType type, string id)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase) { ["Id"] = id };

    public SObjectType Type => type;

    public string Id => id;

    public bool IsDeleted => this["IsDeleted"] is true;

    public object? this[string field]
    {
        get => _values.GetValueOrDefault(field);
        set => _values[field] = value;
    }

    public string? Text(string field) => this[field] as string;
}
