using System.Globalization;
using CrmSync.Core.Configuration;
using CrmSync.Core.Rendering;
using CrmSync.Core.Rendering.Model;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Scripting;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Core.Routing;

/// <summary>From the section <c>Routes</c> to a table that can be asked, or every mistake in it.</summary>
public static class RouteReader
{
    /// <param name="connectors">Names of the configured connectors.</param>
    /// <param name="notes">For the zone in which a condition's dates are shown.</param>
    public static (RouteTable Table, IReadOnlyList<Complaint> Complaints) Read(
        IConfiguration configuration, IReadOnlyCollection<string> connectors, NoteOptions notes)
    {
        var complaints = new List<Complaint>();
        var routes = configuration.GetSection(RouteOptions.Section).GetChildren()
            .Select((section, i) => ReadRoute(section, i + 1, connectors, complaints))
            .ToList();

        if (routes.Count == 0)
        {
            routes.AddRange(WithoutRoutes(connectors, complaints));
        }

        complaints.AddRange(Order(configuration, routes));
        var table = new RouteTable(routes, new NoteModelBuilder(notes, Redactor.Nothing), new RenderOptions { TimeZone = notes.Zone });
        return (table, complaints);
    }

    private static CompiledRoute ReadRoute(IConfigurationSection section, int number, IReadOnlyCollection<string> connectors, List<Complaint> complaints)
    {
        var (options, mistakes) = StrictBinder.Bind<RouteOptions>(section);
        complaints.AddRange(mistakes);
        if (mistakes.Count == 0)
        {
            complaints.AddRange(Connectors(section, options, connectors));
        }

        var name = options.Name.Length > 0 ? options.Name : string.Create(CultureInfo.InvariantCulture, $"route {number}");
        var route = new Route(name, options.When.Trim(), options.Connectors, NullIfEmpty(options.Fallback), options.TicketExpected);
        return Compile(route, $"{section.Path}:{nameof(RouteOptions.When)}", complaints);
    }

    private static IEnumerable<Complaint> Connectors(IConfigurationSection section, RouteOptions options, IReadOnlyCollection<string> connectors)
    {
        var list = $"{section.Path}:{nameof(RouteOptions.Connectors)}";
        if (options.Connectors.Count == 0)
        {
            yield return new Complaint(list, "is empty: such sessions would go nowhere.", NearestNames(connectors));
        }

        foreach (var (name, i) in options.Connectors.Select((name, i) => (name, i)).Where(entry => !connectors.Contains(entry.name, StringComparer.Ordinal)))
        {
            yield return new Complaint($"{list}:{i}", $"'{name}' is not a configured connector.", NearestName.Hint(name, connectors));
        }

        var fallback = $"{section.Path}:{nameof(RouteOptions.Fallback)}";
        if (NullIfEmpty(options.Fallback) is { } other)
        {
            if (!connectors.Contains(other, StringComparer.Ordinal))
            {
                yield return new Complaint(fallback, $"'{other}' is not a configured connector.", NearestName.Hint(other, connectors));
            }
            else if (options.Connectors.Contains(other))
            {
                yield return new Complaint(fallback, $"'{other}' already gets every session of this route.", "Name another connector, or leave it out.");
            }
        }
    }

    private static CompiledRoute Compile(Route route, string key, List<Complaint> complaints)
    {
        if (route.When.Length == 0)
        {
            return new CompiledRoute(route, null, []);
        }

        var parsed = Expression.Parse(route.When, route.Name);
        if (parsed.Expression is not { } condition)
        {
            complaints.AddRange(parsed.Diagnostics.Select(diagnostic => Complain(key, diagnostic)));
            return new CompiledRoute(route, null, []);
        }

        complaints.AddRange(TemplateCheck.UnknownMembers(condition, NoteSchema.Schema).Select(diagnostic => Complain(key, diagnostic)));
        var members = TemplateCheck.MembersRead(condition).Where(path => !path.Contains('[', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
        return new CompiledRoute(route, condition, [.. members.Select(path => Expression.Parse(path, path).Expression).OfType<Expression>()]);
    }

    /// <summary>With one connector there is nothing to choose; with several, sending everything everywhere is nobody's wish.</summary>
    private static IEnumerable<CompiledRoute> WithoutRoutes(IReadOnlyCollection<string> connectors, List<Complaint> complaints)
    {
        if (connectors.Count > 1)
        {
            complaints.Add(new Complaint(
                RouteOptions.Section,
                "is missing, and there is more than one connector.",
                $"Say which sessions go to which of {string.Join(", ", connectors)}."));
        }

        return connectors.Count == 1 ? [new CompiledRoute(new Route("default", string.Empty, [.. connectors], null, null), null, [])] : [];
    }

    private static IEnumerable<Complaint> Order(IConfiguration configuration, List<CompiledRoute> routes)
    {
        var sections = configuration.GetSection(RouteOptions.Section).GetChildren().ToList();
        var all = routes.FindIndex(route => route.Route.When.Length == 0);
        for (var i = 0; i < sections.Count; i++)
        {
            if (all >= 0 && i > all)
            {
                yield return new Complaint(
                    sections[i].Path,
                    $"is never reached: '{routes[all].Route.Name}' before it has no condition.",
                    "Move it up, or give the other a condition.");
            }

            if (routes.FindIndex(route => route.Route.Name == routes[i].Route.Name) < i)
            {
                yield return new Complaint($"{sections[i].Path}:{nameof(RouteOptions.Name)}", $"'{routes[i].Route.Name}' is the name of another route.", "Give each route a name of its own.");
            }
        }
    }

    private static Complaint Complain(string key, Diagnostic diagnostic) => new(
        key, string.Create(CultureInfo.InvariantCulture, $"column {diagnostic.Column}: {diagnostic.Message}"), diagnostic.Hint ?? "See docs/templates.md for the language.");

    private static string NearestNames(IReadOnlyCollection<string> connectors) => $"Name at least one of {string.Join(", ", connectors)}.";

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
