namespace CrmSync.Scripting;

/// <summary>The members of one registered type.</summary>
public abstract class RecordMap
{
    private protected RecordMap()
    {
    }

    internal abstract IEnumerable<string> Names { get; }

    internal abstract bool TryGet(object target, string name, out object? value);

    internal abstract IReadOnlyList<SchemaMember> Describe(ModelMap map);
}

/// <inheritdoc cref="RecordMap"/>
public sealed class RecordMap<T> : RecordMap
{
    private readonly Dictionary<string, Entry> _members = new(StringComparer.Ordinal);

    internal override IEnumerable<string> Names => _members.Keys;

    /// <summary>Adds a member.</summary>
    /// <param name="name">As templates write it: lower case with underscores.</param>
    /// <param name="read">Must not throw, and must not do I/O: it runs while the template does.</param>
    /// <param name="description">One sentence for the documentation.</param>
    /// <param name="example">An example of a value, as the documentation shows it.</param>
    public RecordMap<T> Member<TValue>(string name, Func<T, TValue> read, string description = "", string? example = null)
    {
        _members[name] = new Entry(target => Runtime.Values.From(read(target)), typeof(TValue), description, example);
        return this;
    }

    internal override bool TryGet(object target, string name, out object? value)
    {
        var exists = _members.TryGetValue(name, out var member);
        value = exists ? member!.Read((T)target) : null;
        return exists;
    }

    internal override IReadOnlyList<SchemaMember> Describe(ModelMap map) =>
        [.. _members.Select(m => new SchemaMember(m.Key, map.SchemaOf(m.Value.Type), m.Value.Description, m.Value.Example))];

    private sealed record Entry(Func<T, object?> Read, Type Type, string Description, string? Example);
}
