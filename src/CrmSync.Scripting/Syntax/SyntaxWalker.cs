namespace CrmSync.Scripting.Syntax;

/// <summary>Visits a tree from the top down. Override what matters, and call the base to go on to the children.</summary>
public abstract class SyntaxWalker
{
    public virtual void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case VariableSyntax variable: VisitVariable(variable); break;
            case MemberSyntax member: VisitMember(member); break;
            case CallSyntax call: VisitCall(call); break;
            case PipeSyntax pipe: VisitPipe(pipe); break;
            case AssignmentSyntax assignment: VisitAssignment(assignment); break;
            case ForSyntax loop: VisitFor(loop); break;
            case CaptureSyntax capture: VisitCapture(capture); break;
            case WithSyntax with: VisitWith(with); break;
            case ImportSyntax import: VisitImport(import); break;
            case FunctionDeclarationSyntax declaration: VisitDeclaration(declaration); break;
            case FunctionSyntax function: VisitFunction(function); break;
            default: VisitChildren(node); break;
        }
    }

    protected virtual void VisitVariable(VariableSyntax node) => VisitChildren(node);

    protected virtual void VisitMember(MemberSyntax node) => VisitChildren(node);

    protected virtual void VisitCall(CallSyntax node) => VisitChildren(node);

    protected virtual void VisitPipe(PipeSyntax node) => VisitChildren(node);

    protected virtual void VisitAssignment(AssignmentSyntax node) => VisitChildren(node);

    protected virtual void VisitFor(ForSyntax node) => VisitChildren(node);

    protected virtual void VisitCapture(CaptureSyntax node) => VisitChildren(node);

    protected virtual void VisitWith(WithSyntax node) => VisitChildren(node);

    protected virtual void VisitImport(ImportSyntax node) => VisitChildren(node);

    protected virtual void VisitDeclaration(FunctionDeclarationSyntax node) => VisitChildren(node);

    protected virtual void VisitFunction(FunctionSyntax node) => VisitChildren(node);

    protected void VisitChildren(SyntaxNode node)
    {
        foreach (var child in SyntaxChildren.Of(node))
            Visit(child);
    }
}
