namespace CrmSync.Scripting.Runtime;

/// <summary>Variables, members and items.</summary>
internal sealed partial class Run
{
    public object? Variable(string name)
    {
        if (Scopes.TryGet(name, Models, out var value))
            return value;

        return Builtins.BuiltinTable.Roots.GetValueOrDefault(name);
    }

    /// <summary>Whether a template or a model has taken the name of a built-in.</summary>
    public bool IsShadowed(string name) => Scopes.TryGet(name, Models, out _);

    public bool TryMember(object target, string name, out object? value)
    {
        if (target is DateTimeOffset or DateTime)
            return DateMembers.TryGet(Dates.Local(target, Options.TimeZone), name, out value);

        if (ReferenceEquals(target, Builtins.DateBuiltins.Group) && name == "format")
        {
            value = DateFormat;
            return true;
        }

        return Members.TryGet(target, name, Models, out value);
    }

    public object? Member(object? target, string name, bool isOptional, Site site)
    {
        if (target is not null)
            return TryMember(target, name, out var value) ? value : null;

        if (Options.Strict && !isOptional)
            throw new TemplateFault(site, $"`{name}` is read from nothing.", $"Write ?.{name} where the object may be missing.");

        return null;
    }

    public void SetMember(object? target, string name, object? value, Site site)
    {
        switch (target)
        {
            case ScriptObject obj when !obj.IsReadOnly(name):
                obj.Set(name, value);
                break;
            case ScriptArray array:
                array.RequireProperties().Set(name, value);
                break;
            case BuiltinGroup group when ReferenceEquals(group, Builtins.DateBuiltins.Group) && name == "format":
                DateFormat = Text(value);
                break;
            case null:
                throw new TemplateFault(site, $"`{name}` is set on nothing.");
            case ScriptObject:
                throw new TemplateFault(site, $"The member `{name}` is readonly.");
            default:
                throw new TemplateFault(site, $"`{name}` cannot be set: only objects made by a template can be changed.");
        }
    }

    public object? Item(object? target, object? index, Site site)
    {
        if (target is null)
            return Options.Strict ? throw new TemplateFault(site, "An item is read from nothing.") : null;

        if (index is null)
            throw new TemplateFault(site, "The index is nothing.");

        if (index is string or SafeText && target is not string)
            return TryMember(target, index.ToString()!, out var member) ? member : null;

        if (target is string text)
            return Index(index, text.Length, site) is var at and >= 0 && at < text.Length ? text[at].ToString() : null;

        if (Values.AsList(target) is not { } list)
            throw new TemplateFault(site, $"{Describe(target)} has no items.");

        return Index(index, list.Count, site) is var position and >= 0 && position < list.Count ? list[position] : null;
    }

    public void SetItem(object? target, object? index, object? value, Site site)
    {
        switch (target)
        {
            case ScriptArray array when index is not (string or SafeText):
                SetItem(array, index, value, site);
                break;
            case null:
                throw new TemplateFault(site, "An item is set on nothing.");
            default:
                SetMember(target, Text(index), value, site);
                break;
        }
    }

    private void SetItem(ScriptArray array, object? index, object? value, Site site)
    {
        var at = Index(index, array.Count, site);

        if (at < 0 || at > _limits.LoopIterationsMax)
            throw new TemplateFault(site, $"The index {Text(index)} is out of range.");

        while (array.Count <= at)
        {
            array.Items.Add(null);
            Step(site);
        }

        array.Items[at] = value;
    }

    /// <summary>Negative indexes count from the end.</summary>
    private int Index(object? index, int count, Site site)
    {
        if (!Numbers.TryToLong(index, Culture, out var at))
            throw new TemplateFault(site, $"{Describe(index)} is no index.");

        return (int)Math.Clamp(at < 0 ? at + count : at, -1, int.MaxValue);
    }
}
