namespace CrmSync.Scripting.Syntax;

/// <summary>The parts of a node, in the order they stand in the text.</summary>
public static class SyntaxChildren
{
    public static IEnumerable<SyntaxNode> Of(SyntaxNode node) => node switch
    {
        TemplateSyntax n => Present(n.FrontMatter, n.Body),
        BlockSyntax n => n.Statements,
        StatementSyntax n => OfStatement(n),
        ExpressionSyntax n => OfExpression(n),
        IfBranchSyntax n => [n.Condition, n.Body],
        WhenSyntax n => [.. n.Values, n.Body],
        FunctionSyntax n => [.. n.Parameters ?? [], n.Body, .. Present(n.Value)],
        ParameterSyntax n => Present(n.Default),
        NamedArgumentSyntax n => [n.Value],
        ObjectMemberSyntax n => [n.Value],
        _ => [],
    };

    private static IEnumerable<SyntaxNode> OfStatement(StatementSyntax node) => node switch
    {
        OutputSyntax n => [n.Expression],
        AssignmentSyntax n => [n.Target, n.Value],
        IfSyntax n => [.. n.Branches, .. Present(n.Otherwise)],
        CaseSyntax n => [n.Value, .. n.Branches, .. Present(n.Otherwise)],
        ForSyntax n => [n.Variable, n.List, .. Present(n.Offset, n.Limit, n.Columns), n.Body, .. Present(n.Otherwise)],
        WhileSyntax n => [n.Condition, n.Body],
        ReturnSyntax n => Present(n.Value),
        CaptureSyntax n => [n.Target, n.Body],
        WithSyntax n => [n.Target, n.Body],
        WrapSyntax n => [n.Call, n.Body],
        ImportSyntax n => [n.Source],
        ReadOnlySyntax n => [n.Variable],
        FunctionDeclarationSyntax n => [n.Target, n.Function],
        _ => [],
    };

    private static IEnumerable<SyntaxNode> OfExpression(ExpressionSyntax node) => node switch
    {
        InterpolatedTextSyntax n => n.Parts,
        MemberSyntax n => [n.Target],
        IsEmptySyntax n => [n.Target],
        IndexSyntax n => [n.Target, n.Index],
        CallSyntax n => [n.Target, .. n.Arguments, .. n.Named],
        PipeSyntax n => [n.From, n.To],
        UnarySyntax n => [n.Operand],
        IncrementSyntax n => [n.Target],
        BinarySyntax n => [n.Left, n.Right],
        ConditionalSyntax n => [n.Condition, n.Then, n.Otherwise],
        NestedSyntax n => [n.Inner],
        ArraySyntax n => n.Values,
        ObjectSyntax n => n.Members,
        AnonymousFunctionSyntax n => [n.Function],
        _ => [],
    };

    private static IEnumerable<SyntaxNode> Present(params IEnumerable<SyntaxNode?> nodes) => nodes.OfType<SyntaxNode>();
}
