namespace CrmSync.Scripting.Runtime;

/// <summary>The local variables (<c>$name</c>) of a template, a partial or one call of a function.</summary>
internal sealed class Frame(ScriptArray? arguments, Frame? function = null, Frame? outer = null)
{
    private (string Name, object? Value)[] _locals = [];
    private int _count;

    /// <summary>
    /// The frame of a wrapped block: it finds the variables of the function that writes it, then those of the place it stands in.
    /// </summary>
    public static Frame OfBlock(Frame function, Frame home) => new(function.Arguments, function, home);

    /// <summary>What <c>$</c> means here.</summary>
    public ScriptArray Arguments => field ??= arguments ?? new ScriptArray();

    /// <summary>The block that <c>wrap</c> passed, and the frame it was written in.</summary>
    public WrappedBlock? Block { get; set; }

    public bool TryGet(string name, out object? value)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_locals[i].Name == name)
            {
                value = _locals[i].Value;
                return true;
            }
        }

        if (function is not null && function.TryGet(name, out value))
            return true;

        value = null;
        return outer is not null && outer.TryGet(name, out value);
    }

    public void Set(string name, object? value)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_locals[i].Name == name)
            {
                _locals[i].Value = value;
                return;
            }
        }

        if (_count == _locals.Length)
            Array.Resize(ref _locals, Math.Max(4, _count * 2));

        _locals[_count++] = (name, value);
    }

    public void Remove(string name)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_locals[i].Name != name)
                continue;

            _locals[i] = _locals[--_count];
            return;
        }
    }
}

internal sealed record WrappedBlock(Compilation.Exec Body, Frame Home);
