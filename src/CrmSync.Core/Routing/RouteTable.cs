using System.Globalization;
using CrmSync.Core.Rendering.Model;
using CrmSync.Core.Sessions;
using CrmSync.Scripting;

namespace CrmSync.Core.Routing;

/// <summary>The configured routes, compiled once at start. The worker and the preview ask the same one.</summary>
public sealed class RouteTable
{
    private static readonly DeliveryView NoDelivery = new(string.Empty, 0, null, null);

    private readonly IReadOnlyList<CompiledRoute> _compiled;
    private readonly NoteModelBuilder _models;
    private readonly RenderOptions _options;

    internal RouteTable(IReadOnlyList<CompiledRoute> routes, NoteModelBuilder models, RenderOptions options)
    {
        _compiled = routes;
        _models = models;
        _options = options with { Models = NoteSchema.Map };
        Routes = [.. routes.Select(route => route.Route)];
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<Route> Routes { get; }

    /// <summary>
    /// The first route that matches. A condition that fails for this session does not match, and the trial says why: the session
    /// goes on to the next route. Pure.
    /// </summary>
    public RouteChoice Choose(SessionMetadata session)
    {
        var model = new Lazy<NoteModel>(() => _models.Build(session, language: null, NoDelivery));
        var trials = new List<RouteTrial>();
        foreach (var route in _compiled)
        {
            var trial = Try(route, model);
            trials.Add(trial);
            if (trial.Matched)
            {
                return new RouteChoice(route.Route, trials);
            }
        }

        return new RouteChoice(null, trials);
    }

    private RouteTrial Try(CompiledRoute route, Lazy<NoteModel> model)
    {
        if (route.Condition is not { } condition)
        {
            return new RouteTrial(route.Route.Name, Matched: true, string.Empty, [], Error: null);
        }

        var result = condition.Evaluate(model.Value, _options, CancellationToken.None);
        return new RouteTrial(
            route.Route.Name,
            result.IsTrue,
            route.Route.When,
            [.. route.Members.Select(member => new RouteValue(member.Name, Show(member.Evaluate(model.Value, _options, CancellationToken.None))))],
            result.Error is { } error ? string.Create(CultureInfo.InvariantCulture, $"column {error.Column}: {error.Message}") : null);
    }

    private static string Show(EvaluationResult result) => result.Value switch
    {
        null => "nothing",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        DateTimeOffset moment => moment.ToString("o", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.ICollection list => string.Create(CultureInfo.InvariantCulture, $"a list of {list.Count}"),
        _ => "something",
    };
}

/// <param name="Condition">Null: every session.</param>
/// <param name="Members">What the condition reads, each as an expression of its own, to show its value.</param>
internal sealed record CompiledRoute(Route Route, Expression? Condition, IReadOnlyList<Expression> Members);
