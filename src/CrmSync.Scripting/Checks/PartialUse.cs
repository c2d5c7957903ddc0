using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting;

/// <summary>The partials a template names.</summary>
internal sealed class PartialUse : SyntaxWalker
{
    private const string TemplatePrefix = "tpl:";

    private PartialUse()
    {
    }

    public List<(string Name, SourceSpan Span)> Names { get; } = [];

    /// <summary>A name is made while rendering.</summary>
    public bool IsComputed { get; private set; }

    public static PartialUse Of(Template template)
    {
        var use = new PartialUse();
        use.Visit(template.Syntax);
        return use;
    }

    protected override void VisitCall(CallSyntax node)
    {
        if (node.Target is VariableSyntax { Name: "include" })
            Add(node.Arguments is [var name, ..] ? name : null);
        else if (node.Target is VariableSyntax { Name: "include_join" })
            AddJoined(node.Arguments);

        base.VisitCall(node);
    }

    protected override void VisitPipe(PipeSyntax node)
    {
        if (node.To is CallSyntax { Target: VariableSyntax { Name: "include" or "include_join" } } or VariableSyntax { Name: "include" or "include_join" })
            IsComputed = true;

        base.VisitPipe(node);
    }

    private void AddJoined(IReadOnlyList<ExpressionSyntax> arguments)
    {
        if (arguments is [ArraySyntax names, ..])
        {
            foreach (var name in names.Values)
                Add(name);
        }
        else
        {
            IsComputed = true;
        }

        foreach (var delimiter in arguments.Skip(1))
        {
            if (delimiter is LiteralSyntax { Value: string text } && text.StartsWith(TemplatePrefix, StringComparison.Ordinal))
                Names.Add((text[TemplatePrefix.Length..], delimiter.Span));
        }
    }

    private void Add(ExpressionSyntax? name)
    {
        if (name is LiteralSyntax { Value: string text })
            Names.Add((text, name.Span));
        else
            IsComputed = true;
    }
}
