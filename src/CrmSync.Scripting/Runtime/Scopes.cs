namespace CrmSync.Scripting.Runtime;

/// <summary>
/// Plain variables: the global ones at the bottom, above them the objects of <c>with</c> and of functions with parameters,
/// and the variables of loops. Reading asks from the top down; writing goes to the topmost object.
/// </summary>
internal sealed class Scopes(GlobalObject globals)
{
    private readonly List<Scope> _stack = [];

    public GlobalObject Globals => globals;

    public int Depth => _stack.Count;

    /// <summary>The object that <c>this</c> means.</summary>
    public object This
    {
        get
        {
            for (var i = _stack.Count - 1; i >= 0; i--)
            {
                if (_stack[i].Object is { } target)
                    return target;
            }

            return globals;
        }
    }

    public void PushObject(object target) => _stack.Add(new Scope(null, null, target));

    public void PushVariable(string name) => _stack.Add(new Scope(name, null, null));

    /// <summary>Sets the loop variable that was pushed at a depth.</summary>
    public void SetVariable(int depth, object? value) => _stack[depth] = _stack[depth] with { Value = value };

    public void Pop() => _stack.RemoveAt(_stack.Count - 1);

    public bool TryGet(string name, ModelMap models, out object? value)
    {
        for (var i = _stack.Count - 1; i >= 0; i--)
        {
            var scope = _stack[i];

            if (scope.Object is not null)
            {
                if (Members.TryGet(scope.Object, name, models, out value))
                    return true;
            }
            else if (scope.Name == name)
            {
                value = scope.Value;
                return true;
            }
        }

        return globals.TryGet(name, out value);
    }

    public void Set(string name, object? value, Site site)
    {
        for (var i = _stack.Count - 1; i >= 0; i--)
        {
            var scope = _stack[i];

            if (scope.Object is null && scope.Name == name)
            {
                _stack[i] = scope with { Value = value };
                return;
            }

            if (scope.Object is not null)
            {
                SetMember(scope.Object, name, value, site);
                return;
            }
        }

        SetMember(globals, name, value, site);
    }

    private static void SetMember(object target, string name, object? value, Site site)
    {
        if (target is not ScriptObject obj)
            throw new TemplateFault(site, $"`{name}` cannot be set: the object belongs to the model, which is readonly.");

        if (obj.IsReadOnly(name))
            throw new TemplateFault(site, $"The variable `{name}` is readonly.");

        obj.Set(name, value);
    }

    private readonly record struct Scope(string? Name, object? Value, object? Object);
}
