using System.Collections.Concurrent;

namespace CrmSync.Scripting;

/// <summary>
/// The record types a template may look into, member by member. What is not registered cannot be reached: there is no
/// reflection over values.
/// </summary>
/// <example><code>new ModelMap().Record&lt;Agent&gt;(r => r.Member("name", a => a.Name, "The agent's full name."))</code></example>
public sealed class ModelMap
{
    private readonly Dictionary<Type, RecordMap> _records = [];
    private readonly ConcurrentDictionary<Type, RecordMap?> _resolved = new();

    internal static ModelMap Empty { get; } = new();

    /// <summary>Registers a type, or adds members to it. Registration ends before the first rendering.</summary>
    public ModelMap Record<T>(Action<RecordMap<T>> define)
    {
        if (ReferenceEquals(this, Empty))
            throw new InvalidOperationException("The default map is shared; create a new ModelMap.");

        if (!_records.TryGetValue(typeof(T), out var record))
            _records[typeof(T)] = record = new RecordMap<T>();

        define((RecordMap<T>)record);
        _resolved.Clear();
        return this;
    }

    /// <summary>What templates can read, for checks and documentation.</summary>
    public ModelSchema Schema<TRoot>() => new(SchemaOf(typeof(TRoot)));

    /// <summary>Schema of a model made of several roots, such as <c>session</c> and <c>connector</c>.</summary>
    public ModelSchema Schema(params IReadOnlyList<(string Name, Type Type, string Description)> roots) =>
        new(new SchemaType.Composite("model", () => [.. roots.Select(r => new SchemaMember(r.Name, SchemaOf(r.Type), r.Description, null))]));

    internal RecordMap? Find(Type type) => _resolved.GetOrAdd(type, FindUncached);

    internal bool TryGet(object target, string name, out object? value)
    {
        if (_records.Count > 0 && Find(target.GetType()) is { } record)
            return record.TryGet(target, name, out value);

        value = null;
        return false;
    }

    internal SchemaType SchemaOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;

        if (Find(type) is { } record)
            return new SchemaType.Composite(type.Name, () => record.Describe(this));

        return ElementOf(type) is { } element ? new SchemaType.List(SchemaOf(element)) : SchemaType.OfScalar(type);
    }

    private RecordMap? FindUncached(Type type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (_records.TryGetValue(candidate, out var record))
                return record;
        }

        return null;
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray)
            return type.GetElementType();

        return type.IsGenericType && type.GetGenericArguments() is [var element] && typeof(IEnumerable<>).MakeGenericType(element).IsAssignableFrom(type)
            ? element
            : null;
    }
}
