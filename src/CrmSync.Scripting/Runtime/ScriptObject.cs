using System.Diagnostics.CodeAnalysis;

namespace CrmSync.Scripting.Runtime;

/// <summary>An object made by a template: <c>{a: 1}</c>. Members keep the order they were added in.</summary>
internal class ScriptObject
{
    private readonly Dictionary<string, object?> _members = new(StringComparer.Ordinal);
    private HashSet<string>? _readOnly;

    public int Count => _members.Count;

    public IReadOnlyDictionary<string, object?> Members => _members;

    public virtual bool TryGet(string name, out object? value) => _members.TryGetValue(name, out value);

    public bool IsReadOnly(string name) => _readOnly is not null && _readOnly.Contains(name);

    public void Set(string name, object? value) => _members[name] = value;

    public void Protect(string name) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
}

/// <summary>The variables a template wrote, before those of its model.</summary>
internal sealed class GlobalObject(object? model, ModelMap models) : ScriptObject
{
    public object? Model { get; } = model;

    public override bool TryGet(string name, out object? value) =>
        base.TryGet(name, out value) || (Model is not null && Runtime.Members.TryGet(Model, name, models, out value));
}

/// <summary>An array made by a template: <c>[1, 2]</c>. It may carry members besides its items.</summary>
internal sealed class ScriptArray(List<object?> items) : IReadOnlyList<object?>
{
    public ScriptArray()
        : this([])
    {
    }

    public List<object?> Items { get; } = items;

    public ScriptObject? Properties { get; private set; }

    public int Count => Items.Count;

    public object? this[int index] => Items[index];

    public ScriptObject RequireProperties() => Properties ??= new ScriptObject();

    public IEnumerator<object?> GetEnumerator() => Items.GetEnumerator();

    [ExcludeFromCodeCoverage]
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
