using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting;

/// <summary>
/// Follows the types of the model through a template. Types come from the schema; what a template computes is
/// <see cref="SchemaType.Any"/>, which has every member, so that only certain mistakes are reported.
/// </summary>
internal sealed partial class ModelUse(string file, ModelSchema schema, IEnumerable<string> variables)
{
    private static readonly SchemaType Any = new SchemaType.Any();

    private readonly Dictionary<string, Found> _known = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, Found>> _scopes = [];
    private readonly List<Diagnostic> _unknown = [];
    private readonly SortedSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>An import, or a <c>with</c> over something unknown, can bring any name.</summary>
    private int _openScopes;

    /// <param name="Path">Where in the model the value comes from, or null.</param>
    private sealed record Found(SchemaType Type, string? Path);

    private static Found Computed { get; } = new(Any, null);

    public IReadOnlyList<Diagnostic> Unknown => [.. _unknown.OrderBy(d => d.Line).ThenBy(d => d.Column)];

    public IReadOnlyList<string> Read => [.. _read];

    public ModelUse Of(SyntaxNode syntax)
    {
        foreach (var name in variables.Concat(WrittenNames.Of(syntax)))
            _known[name] = Computed;

        Walk(syntax);
        return this;
    }

    private void Walk(SyntaxNode? node)
    {
        switch (node)
        {
            case null: break;
            case AssignmentSyntax assignment: Assign(assignment); break;
            case ForSyntax loop: Loop(loop); break;
            case WithSyntax with: With(with); break;
            case ImportSyntax import: Import(import); break;
            case CaptureSyntax capture: Walk(capture.Body); break;
            case FunctionDeclarationSyntax declaration: Walk(declaration.Function); break;
            case FunctionSyntax function: Function(function); break;
            case ReadOnlySyntax: break;
            case ExpressionSyntax expression: Infer(expression); break;
            default:
                foreach (var child in SyntaxChildren.Of(node))
                    Walk(child);

                break;
        }
    }

    private void Assign(AssignmentSyntax node)
    {
        var value = Infer(node.Value);

        if (node.Target is not VariableSyntax variable)
        {
            foreach (var child in SyntaxChildren.Of(node.Target))
                Walk(child);
        }
        else if (node.Operator is null)
        {
            // A variable that is written with different types may have either.
            _known[variable.Name] = _known.TryGetValue(variable.Name, out var before) && before != Computed && before.Type != value.Type ? Computed : value;
        }
    }

    private void Loop(ForSyntax node)
    {
        var list = Infer(node.List);
        Walk(node.Offset);
        Walk(node.Limit);
        Walk(node.Columns);

        var element = list.Type is SchemaType.List typed ? typed.Element : Any;
        var path = list.Path is null ? null : list.Path + "[]";

        _scopes.Add(new(StringComparer.Ordinal) { [node.Variable.Name] = new Found(element, path) });
        Walk(node.Body);
        _scopes.RemoveAt(_scopes.Count - 1);
        Walk(node.Otherwise);
    }

    private void With(WithSyntax node)
    {
        var target = Infer(node.Target);
        var scope = new Dictionary<string, Found>(StringComparer.Ordinal);
        var isOpen = target.Type is not SchemaType.Composite;

        if (target.Type is SchemaType.Composite composite)
        {
            foreach (var member in composite.Members)
                scope[member.Name] = new Found(member.Type, Join(target.Path, member.Name));
        }

        _scopes.Add(scope);
        _openScopes += isOpen ? 1 : 0;
        Walk(node.Body);
        _openScopes -= isOpen ? 1 : 0;
        _scopes.RemoveAt(_scopes.Count - 1);
    }

    private void Import(ImportSyntax node)
    {
        var source = Infer(node.Source);

        if (source.Type is not SchemaType.Composite composite)
        {
            _openScopes++;
            return;
        }

        foreach (var member in composite.Members)
            _known[member.Name] = new Found(member.Type, Join(source.Path, member.Name));
    }

    private void Function(FunctionSyntax node)
    {
        var scope = new Dictionary<string, Found>(StringComparer.Ordinal);

        foreach (var parameter in node.Parameters ?? [])
        {
            Walk(parameter.Default);
            scope[parameter.Name] = Computed;
        }

        _scopes.Add(scope);
        Walk(node.Body);
        Walk(node.Value);
        _scopes.RemoveAt(_scopes.Count - 1);
    }

    private static string? Join(string? path, string name) => path is null ? null : $"{path}.{name}";
}
