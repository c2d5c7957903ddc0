using CrmSync.Scripting.Builtins;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting;

/// <summary>The types of expressions.</summary>
internal sealed partial class ModelUse
{
    private static readonly HashSet<string> ListToSameList = new(StringComparer.Ordinal)
    {
        "add", "add_range", "compact", "concat", "filter", "insert_at", "limit", "offset", "remove_at", "reverse", "sort", "uniq",
    };

    private static readonly Dictionary<string, string[]> ScalarMembers = new(StringComparer.Ordinal)
    {
        ["text"] = ["size"],
        ["date"] = ["year", "month", "day", "day_of_year", "hour", "minute", "second", "millisecond"],
        ["time span"] =
        [
            "days", "hours", "minutes", "seconds", "milliseconds",
            "total_days", "total_hours", "total_minutes", "total_seconds", "total_milliseconds",
        ],
    };

    /// <summary>The type of an expression whose value is used.</summary>
    private Found Infer(ExpressionSyntax node)
    {
        var found = Locate(node);

        if (found.Path is not null)
            _read.Add(found.Path);

        return found;
    }

    private Found Locate(ExpressionSyntax node, Found? piped = null)
    {
        switch (node)
        {
            case VariableSyntax variable: return piped is null ? Variable(variable) : Call(variable, [], piped);
            case MemberSyntax member when piped is null: return Member(member);
            case IndexSyntax index when piped is null: return Index(index);
            case NestedSyntax nested: return Locate(nested.Inner, piped);
            case CallSyntax call: return Call(call.Target, call.Arguments, piped, call.Named);
            case PipeSyntax pipe: return Locate(pipe.To, Infer(pipe.From));
            case BinarySyntax binary: return Binary(binary, piped);
            case ConditionalSyntax conditional: return Conditional(conditional, piped);
            case UnarySyntax { Operator: UnaryOperator.Alias } alias: return Alias(alias.Operand);
            case MemberSyntax or IndexSyntax: return Call(node, [], piped);
            default:
                foreach (var child in SyntaxChildren.Of(node))
                    Walk(child);

                return Computed;
        }
    }

    private Found Variable(VariableSyntax node)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (_scopes[i].TryGetValue(node.Name, out var scoped))
                return scoped;
        }

        if (_known.TryGetValue(node.Name, out var found))
            return found;

        if (node.IsLocal || BuiltinTable.Roots.ContainsKey(node.Name))
            return Computed;

        switch (schema.Root)
        {
            case SchemaType.Composite root when root.Find(node.Name) is { } member:
                return new Found(member.Type, member.Name);
            case SchemaType.Composite root:
                if (_openScopes == 0)
                    Report(node.Span, $"There is no variable `{node.Name}`.", node.Name, [.. root.Members.Select(m => m.Name), .. _known.Keys, .. _scopes.SelectMany(s => s.Keys)]);

                return Computed;
            default:
                return new Found(Any, node.Name);
        }
    }

    private Found Member(MemberSyntax node)
    {
        if (BuiltinTable.Roots.ContainsKey(Root(node)) && !_known.ContainsKey(Root(node)))
            return BuiltinMember(node);

        var target = Locate(node.Target);
        return new Found(TypeOfMember(target.Type, node), Join(target.Path, node.Name));
    }

    private SchemaType TypeOfMember(SchemaType target, MemberSyntax node)
    {
        switch (target)
        {
            case SchemaType.Composite composite when composite.Find(node.Name) is { } member:
                return member.Type;
            case SchemaType.Composite composite:
                Report(node.NameSpan, $"`{composite.Name}` has no member `{node.Name}`.", node.Name, composite.Members.Select(m => m.Name));
                return Any;
            case SchemaType.List when node.Name != "size":
                Report(node.NameSpan, $"A list has no member `{node.Name}`.", node.Name, ["size"]);
                return Any;
            case SchemaType.Scalar scalar when !ScalarMembers.GetValueOrDefault(scalar.Kind, []).Contains(node.Name):
                Report(node.NameSpan, $"A value of type {scalar.Name} has no member `{node.Name}`.", node.Name, ScalarMembers.GetValueOrDefault(scalar.Kind, []));
                return Any;
            default:
                return Any;
        }
    }

    private Found BuiltinMember(MemberSyntax node)
    {
        if (node.Target is VariableSyntax group
            && BuiltinTable.Roots[group.Name] is Runtime.BuiltinGroup builtins
            && !builtins.TryGet(node.Name, out _)
            && (group.Name, node.Name) is not ("date", "format"))
            Report(node.NameSpan, $"`{group.Name}` has no function `{node.Name}`.", node.Name, builtins.Names);

        return Computed;
    }

    private static string Root(MemberSyntax node) => node.Target switch
    {
        VariableSyntax variable => variable.Name,
        MemberSyntax member => Root(member),
        _ => "",
    };

    private Found Index(IndexSyntax node)
    {
        var target = Locate(node.Target);
        Infer(node.Index);

        return target.Type switch
        {
            SchemaType.List list => new Found(list.Element, target.Path is null ? null : target.Path + "[]"),
            SchemaType.Composite composite when node.Index is LiteralSyntax { Value: string name } =>
                new Found(composite.Find(name)?.Type ?? Any, Join(target.Path, name)),
            _ => new Found(Any, target.Path is null ? null : target.Path + "[]"),
        };
    }

    private Found Alias(ExpressionSyntax operand)
    {
        Locate(operand);
        return Computed;
    }

    private Found Binary(BinarySyntax node, Found? piped)
    {
        var left = piped is null ? Infer(node.Left) : Locate(node.Left, piped);
        var right = Infer(node.Right);

        return node.Operator is BinaryOperator.Coalesce ? Either(left, right) : Computed;
    }

    private Found Conditional(ConditionalSyntax node, Found? piped)
    {
        if (piped is null)
            Infer(node.Condition);
        else
            Locate(node.Condition, piped);

        return Either(Infer(node.Then), Infer(node.Otherwise));
    }

    /// <summary>A literal beside a model's value stands in for it: <c>session.agents ?? []</c> is still a list of agents.</summary>
    private static Found Either(Found first, Found second)
    {
        if (first.Type == second.Type || second == Computed)
            return first with { Path = first.Path == second.Path ? first.Path : null };

        return first == Computed ? second with { Path = null } : Computed;
    }

    private Found Call(ExpressionSyntax target, IReadOnlyList<ExpressionSyntax> arguments, Found? piped, IReadOnlyList<NamedArgumentSyntax>? named = null)
    {
        Locate(target);
        var types = arguments.Select(Infer).ToList();

        foreach (var argument in named ?? [])
            Infer(argument.Value);

        if (target is not MemberSyntax { Target: VariableSyntax { Name: "array" }, Name: var function } || _known.ContainsKey("array"))
            return Computed;

        var list = piped ?? types.FirstOrDefault() ?? Computed;
        return ArrayCall(function, list, arguments.Skip(piped is null ? 1 : 0).FirstOrDefault());
    }

    private Found ArrayCall(string function, Found list, ExpressionSyntax? argument)
    {
        if (list.Type is not SchemaType.List typed)
            return Computed;

        if (function is "map" or "sort" && argument is LiteralSyntax { Value: string path })
            CheckPath(typed.Element, path, argument.Span, list.Path);

        return function switch
        {
            "first" or "last" => new Found(typed.Element, list.Path is null ? null : list.Path + "[]"),
            _ when ListToSameList.Contains(function) => list,
            _ => Computed,
        };
    }

    private void CheckPath(SchemaType element, string path, SourceSpan span, string? listPath)
    {
        if (element is not SchemaType.Composite composite)
            return;

        var name = path.Split('.')[0];

        if (composite.Find(name) is null)
            Report(span, $"`{composite.Name}` has no member `{name}`.", name, composite.Members.Select(m => m.Name));
        else if (listPath is not null)
            _read.Add($"{listPath}[].{name}");
    }

    private void Report(SourceSpan at, string message, string name, IEnumerable<string> candidates) =>
        _unknown.Add(new Diagnostic(file, at.Line, at.Column, message, Nearest.Hint(name, candidates)));
}
