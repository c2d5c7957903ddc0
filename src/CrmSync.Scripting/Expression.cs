using System.Text;
using CrmSync.Scripting.Compilation;
using CrmSync.Scripting.Parsing;
using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting;

/// <summary>A compiled expression, such as the condition of a route. Immutable and safe to share between threads.</summary>
public sealed class Expression
{
    private Expression(string name, ExpressionSyntax syntax)
    {
        Name = name;
        Syntax = syntax;
        Code = new Compiler(name).Expression(syntax);
    }

    public string Name { get; }

    public ExpressionSyntax Syntax { get; }

    internal Eval Code { get; }

    /// <summary>Reads and compiles an expression. Never throws: whatever is wrong with the text is a diagnostic.</summary>
    public static ExpressionResult Parse(string text, string name, ParseOptions? options = null) =>
        Parse(text, name, options ?? ParseOptions.Default, isCondition: true);

    internal static ExpressionResult Parse(string text, string name, ParseOptions options, bool isCondition)
    {
        if (Encoding.UTF8.GetByteCount(text) > options.TemplateBytesMax)
            return new ExpressionResult(null, [new Diagnostic(name, 1, 1, $"The expression is larger than {options.TemplateBytesMax} bytes.")]);

        var source = new SourceText(name, text);
        var syntax = Parser.ParseExpression(source, options, isCondition);
        return new ExpressionResult(syntax is null ? null : new Expression(name, syntax), source.Diagnostics);
    }

    /// <summary>
    /// Evaluates. Faults are in the result; only cancellation throws. A list is an <see cref="IReadOnlyList{T}"/>, an object made by
    /// the expression an <see cref="IReadOnlyDictionary{TKey, TValue}"/>.
    /// </summary>
    /// <param name="model">As for <see cref="Template.Render(object?, RenderOptions, CancellationToken)"/>.</param>
    /// <exception cref="OperationCanceledException"/>
    public EvaluationResult Evaluate(object? model, RenderOptions options, CancellationToken cancel = default)
    {
        try
        {
            var value = Code(new Run(options, options.Encoder ?? Encoder.None, model, cancel));
            return new EvaluationResult(value switch { SafeText safe => safe.Text, ScriptObject made => made.Members, _ => value }, null);
        }
        catch (TemplateFault fault)
        {
            return new EvaluationResult(null, fault.Diagnostic);
        }
    }
}
