using System.Text;
using CrmSync.Scripting.Compilation;
using CrmSync.Scripting.Parsing;
using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting;

/// <summary>A compiled template. It never changes, and any number of threads may render it at the same time.</summary>
public sealed class Template
{
    private readonly Exec _code;

    private Template(string name, TemplateSyntax syntax)
    {
        Name = name;
        Syntax = syntax;
        _code = new Compiler(name).Template(syntax);
    }

    public string Name { get; }

    public TemplateSyntax Syntax { get; }

    /// <summary>How expression results are written unless the options say otherwise: escaped for <c>.sbn-html</c>.</summary>
    public Encoder DefaultEncoder => Name.EndsWith(".sbn-html", StringComparison.OrdinalIgnoreCase) ? Encoder.Html : Encoder.None;

    /// <summary>Reads and compiles a template. Never throws: whatever is wrong with the text is a diagnostic.</summary>
    /// <param name="name">As diagnostics name it; its ending decides about <see cref="DefaultEncoder"/>.</param>
    public static ParseResult Parse(string text, string name, ParseOptions? options = null)
    {
        options ??= ParseOptions.Default;

        if (Encoding.UTF8.GetByteCount(text) > options.TemplateBytesMax)
            return new ParseResult(null, [new Diagnostic(name, 1, 1, $"The template is larger than {options.TemplateBytesMax} bytes.")]);

        var source = new SourceText(name, text);
        var syntax = Parser.ParseTemplate(source, options);
        return new ParseResult(syntax is null ? null : new Template(name, syntax), source.Diagnostics);
    }

    /// <summary>Renders to a string. Faults of the template and its data are in the result; only cancellation throws.</summary>
    /// <param name="model">
    /// Its members are the template's variables: a dictionary with string keys, a JSON object, or a record that
    /// <see cref="RenderOptions.Models"/> knows.
    /// </param>
    /// <exception cref="OperationCanceledException"/>
    public RenderResult Render(object? model, RenderOptions options, CancellationToken cancel)
    {
        var run = new Run(options, options.Encoder ?? DefaultEncoder, model, cancel);
        return Execute(run) is { } error ? new RenderResult(null, error) : new RenderResult(run.Output.ToString(), null);
    }

    /// <inheritdoc cref="Render(object?, RenderOptions, CancellationToken)"/>
    public RenderResult Render(IReadOnlyDictionary<string, object?> model, RenderOptions options, CancellationToken cancel) =>
        Render((object)model, options, cancel);

    /// <summary>Renders to a writer. Nothing is written when the template fails.</summary>
    /// <returns>The error, or null.</returns>
    /// <exception cref="OperationCanceledException"/>
    public Diagnostic? Render(TextWriter writer, object? model, RenderOptions options, CancellationToken cancel)
    {
        var run = new Run(options, options.Encoder ?? DefaultEncoder, model, cancel);

        if (Execute(run) is { } error)
            return error;

        foreach (var chunk in run.Output.GetChunks())
            writer.Write(chunk.Span);

        return null;
    }

    /// <summary>Renders as a part of another template: same variables, same limits, its own locals.</summary>
    internal object RenderInside(Run run, Site site, Frame frame)
    {
        run.Enter(site);

        var outer = (run.Frame, run.ForLoop, run.WhileLoop);
        var start = run.Output.Length;
        (run.Frame, run.ForLoop, run.WhileLoop) = (frame, null, null);

        _code(run);

        (run.Frame, run.ForLoop, run.WhileLoop) = outer;
        run.ReturnValue = null;
        run.Leave();
        return run.Capture(start);
    }

    private Diagnostic? Execute(Run run)
    {
        try
        {
            _code(run);
            return null;
        }
        catch (TemplateFault fault)
        {
            return fault.Diagnostic;
        }
    }
}
