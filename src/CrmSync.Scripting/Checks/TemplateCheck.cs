namespace CrmSync.Scripting;

/// <summary>What can be known about a template without rendering it.</summary>
public static class TemplateCheck
{
    /// <summary>
    /// Variables and members that neither the model nor the template has, each with the nearest name that exists. The types of
    /// the model are followed through loops, <c>with</c>, assignments and the functions of <c>array</c>.
    /// </summary>
    /// <param name="variables">Further variables that will be there: those of a template that includes this one.</param>
    public static IReadOnlyList<Diagnostic> UnknownMembers(Template template, ModelSchema schema, IEnumerable<string>? variables = null) =>
        new ModelUse(template.Name, schema, variables ?? []).Of(template.Syntax).Unknown;

    /// <inheritdoc cref="UnknownMembers(Template, ModelSchema, IEnumerable{string}?)"/>
    public static IReadOnlyList<Diagnostic> UnknownMembers(Expression expression, ModelSchema schema) =>
        new ModelUse(expression.Name, schema, []).Of(expression.Syntax).Unknown;

    /// <summary>The members of the model that a template reads, as paths such as <c>session.agents[].name</c>, in order.</summary>
    public static IReadOnlyList<string> MembersRead(Template template) =>
        new ModelUse(template.Name, new ModelSchema(new SchemaType.Any()), []).Of(template.Syntax).Read;

    /// <inheritdoc cref="MembersRead(Template)"/>
    public static IReadOnlyList<string> MembersRead(Expression expression) =>
        new ModelUse(expression.Name, new ModelSchema(new SchemaType.Any()), []).Of(expression.Syntax).Read;

    /// <summary>The plain variables that a template writes, and with them those its partials may rely on.</summary>
    public static IReadOnlyList<string> VariablesWritten(Template template) => [.. WrittenNames.Of(template.Syntax).Order(StringComparer.Ordinal)];

    /// <summary>Partials that are included by a name the loader does not have.</summary>
    public static IReadOnlyList<Diagnostic> MissingPartials(Template template, ITemplateLoader loader) =>
        [.. PartialUse.Of(template).Names
            .Where(use => loader.Load(use.Name) is null)
            .Select(use => new Diagnostic(
                template.Name, use.Span.Line, use.Span.Column, $"There is no partial `{use.Name}`.", Nearest.Hint(use.Name, loader.Names)))];

    /// <summary>
    /// Partials that none of the templates includes, directly or through other partials. None is reported when a name is computed
    /// while rendering, because then any could be meant.
    /// </summary>
    public static IReadOnlyList<Diagnostic> UnusedPartials(IEnumerable<Template> templates, ITemplateLoader loader)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<Template>(templates);

        while (pending.TryDequeue(out var template))
        {
            var use = PartialUse.Of(template);
            if (use.IsComputed)
                return [];

            foreach (var (name, _) in use.Names)
            {
                if (used.Add(name) && loader.Load(name) is { } source && PartialCache.Parse(loader, source).Template is { } partial)
                    pending.Enqueue(partial);
            }
        }

        return [.. loader.Names.Where(n => !used.Contains(n)).Order(StringComparer.Ordinal)
            .Select(n => new Diagnostic(loader.Load(n)?.File ?? n, 1, 1, "No template includes this partial."))];
    }
}
