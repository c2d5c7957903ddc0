using System.Globalization;
using BenchmarkDotNet.Attributes;
using CrmSync.Scripting;
using HandlebarsDotNet;

namespace CrmSync.Bench.Micro;

/// <summary>
/// One note of a voice session with three agents, rendered from a compiled template. <c>string.Format</c> and a loop are the floor:
/// no conditions, no escaping and no limits.
/// </summary>
[MemoryDiagnoser]
public class NoteTemplates
{
    private const string ScribanText =
        """
        Call {{ session.id }} with {{ session.caller }}{{ if session.queue }} in {{ session.queue.name | string.upcase }}{{ end }}
        Started {{ session.started_at | date.to_string '%F %R' }}, {{ session.duration }} seconds{{ if session.recorded }}, recorded{{ end }}
        {{~ for agent in session.agents ~}}
        {{ for.index + 1 }}. {{ agent.name }} ({{ agent.email }}): {{ agent.disposition ?? 'no disposition' }}
        {{~ if agent.note ~}}
           {{ agent.note | string.truncate 60 }}
        {{~ end ~}}
        {{~ end ~}}
        Survey: {{ session.score ? session.score : 'none' }}
        """;

    private const string HandlebarsText =
        """
        Call {{session.id}} with {{session.caller}}{{#if session.queue}} in {{upper session.queue.name}}{{/if}}
        Started {{date session.started_at}}, {{session.duration}} seconds{{#if session.recorded}}, recorded{{/if}}
        {{#each session.agents}}
        {{add @index 1}}. {{name}} ({{email}}): {{#if disposition}}{{disposition}}{{else}}no disposition{{/if}}
        {{#if note}}
           {{cut note 60}}
        {{/if}}
        {{/each}}
        Survey: {{#if session.score}}{{session.score}}{{else}}none{{/if}}
        """;

    private static readonly Session Sample = new(
        135,
        "+1 555 0100",
        new Queue("Billing"),
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        312,
        Recorded: true,
        4,
        [
            new Agent("Ann Example", "ann@example.org", "Resolved", "The caller asked for a copy of the invoice of December, which was sent by mail at once."),
            new Agent("Bob Example", "bob@example.org", null, null),
            new Agent("Cem Example", "cem@example.org", "Call back", "Wants to be called back after Tuesday."),
        ]);

    private readonly Dictionary<string, object?> _model = new(StringComparer.Ordinal) { ["session"] = Sample };

    private readonly RenderOptions _options = new()
    {
        Models = new ModelMap()
            .Record<Session>(r => r
                .Member("id", s => s.Id)
                .Member("caller", s => s.Caller)
                .Member("queue", s => s.Queue)
                .Member("started_at", s => s.StartedAt)
                .Member("duration", s => s.Duration)
                .Member("recorded", s => s.Recorded)
                .Member("score", s => s.Score)
                .Member("agents", s => s.Agents))
            .Record<Queue>(r => r.Member("name", q => q.Name))
            .Record<Agent>(r => r
                .Member("name", a => a.Name)
                .Member("email", a => a.Email)
                .Member("disposition", a => a.Disposition)
                .Member("note", a => a.Note)),
    };

    private readonly Template _text = Parse("note.sbn-txt");
    private readonly Template _html = Parse("note.sbn-html");
    private readonly HandlebarsTemplate<object, object> _handlebars = CompileHandlebars();

    private readonly object _handlebarsModel = new
    {
        session = new
        {
            id = Sample.Id,
            caller = Sample.Caller,
            queue = new { name = Sample.Queue!.Name },
            started_at = Sample.StartedAt,
            duration = Sample.Duration,
            recorded = Sample.Recorded,
            score = Sample.Score,
            agents = Sample.Agents.Select(a => new { name = a.Name, email = a.Email, disposition = a.Disposition, note = a.Note }).ToArray(),
        },
    };

    [Benchmark(Description = "string.Format and a loop", Baseline = true)]
    public string Formatted()
    {
        var head = string.Format(
            CultureInfo.InvariantCulture,
            "Call {0} with {1} in {2}\nStarted {3:yyyy-MM-dd HH:mm}, {4} seconds, recorded\n",
            Sample.Id,
            Sample.Caller,
            Sample.Queue!.Name.ToUpperInvariant(),
            Sample.StartedAt,
            Sample.Duration);

        var agents = string.Concat(Sample.Agents.Select((a, i) => string.Format(
            CultureInfo.InvariantCulture, "{0}. {1} ({2}): {3}\n   {4}\n", i + 1, a.Name, a.Email, a.Disposition ?? "no disposition", a.Note)));

        return head + agents + string.Format(CultureInfo.InvariantCulture, "Survey: {0}", Sample.Score);
    }

    [Benchmark(Description = "CrmSync.Scripting, text")]
    public string Text() => _text.Render(_model, _options, CancellationToken.None).Text!;

    [Benchmark(Description = "CrmSync.Scripting, HTML")]
    public string Html() => _html.Render(_model, _options, CancellationToken.None).Text!;

    [Benchmark(Description = "Handlebars.Net")]
    public string Handlebars() => _handlebars(_handlebarsModel);

    [Benchmark(Description = "CrmSync.Scripting, parse and compile")]
    public Template Compile() => Parse("note.sbn-txt");

    private static Template Parse(string name) =>
        Template.Parse(ScribanText, name).Template ?? throw new InvalidOperationException("The template has a mistake.");

    private static HandlebarsTemplate<object, object> CompileHandlebars()
    {
        var environment = HandlebarsDotNet.Handlebars.Create();
        environment.RegisterHelper("upper", (_, arguments) => $"{arguments[0]}".ToUpperInvariant());
        environment.RegisterHelper("date", (_, arguments) => string.Create(CultureInfo.InvariantCulture, $"{arguments[0]:yyyy-MM-dd HH:mm}"));
        environment.RegisterHelper("add", (_, arguments) => Convert.ToInt32(arguments[0], CultureInfo.InvariantCulture) + Convert.ToInt32(arguments[1], CultureInfo.InvariantCulture));
        environment.RegisterHelper("cut", (_, arguments) => $"{arguments[0]}" is { Length: > 60 } note ? note[..57] + "..." : arguments[0]);
        return environment.Compile(HandlebarsText);
    }

    private sealed record Session(
        int Id, string Caller, Queue? Queue, DateTimeOffset StartedAt, int Duration, bool Recorded, int? Score, IReadOnlyList<Agent> Agents);

    private sealed record Queue(string Name);

    private sealed record Agent(string Name, string Email, string? Disposition, string? Note);
}
