using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting;

/// <summary>The plain variables a template writes anywhere: by assignment, capture, increment, or by declaring a function.</summary>
internal sealed class WrittenNames : SyntaxWalker
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private WrittenNames()
    {
    }

    public static HashSet<string> Of(SyntaxNode node)
    {
        var walker = new WrittenNames();
        walker.Visit(node);
        return walker._names;
    }

    public override void Visit(SyntaxNode node)
    {
        if (node is IncrementSyntax increment)
            Add(increment.Target);

        base.Visit(node);
    }

    protected override void VisitAssignment(AssignmentSyntax node)
    {
        Add(node.Target);
        base.VisitAssignment(node);
    }

    protected override void VisitCapture(CaptureSyntax node)
    {
        Add(node.Target);
        base.VisitCapture(node);
    }

    protected override void VisitDeclaration(FunctionDeclarationSyntax node)
    {
        Add(node.Target);
        base.VisitDeclaration(node);
    }

    private void Add(ExpressionSyntax target)
    {
        // this.name and this["name"] write the same variables.
        var name = target switch
        {
            VariableSyntax { IsLocal: false } variable => variable.Name,
            MemberSyntax { Target: ThisSyntax } member => member.Name,
            IndexSyntax { Target: ThisSyntax, Index: LiteralSyntax { Value: string text } } => text,
            _ => null,
        };

        if (name is not null)
            _names.Add(name);
    }
}
