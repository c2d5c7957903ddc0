using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Tests.Checks;

public sealed class TemplateChecks
{
    private static readonly ModelMap Map = new ModelMap()
        .Record<Session>(r => r
            .Member("id", s => s.Id)
            .Member("started_at", s => s.StartedAt)
            .Member("duration", s => s.Duration)
            .Member("agents", s => s.Agents)
            .Member("agent", s => s.Agent))
        .Record<Agent>(r => r.Member("name", a => a.Name).Member("manager", a => a.Manager).Member("tags", a => a.Tags));

    private static readonly ModelSchema Schema = Map.Schema([("session", typeof(Session), "The session.")]);

    [Theory]
    [InlineData("{{ sesion.id }}", 1, 4, "session")]
    [InlineData("\n{{ session.agnet.name }}", 2, 12, "agent")]
    [InlineData("{{ for a in session.agents; a.nmae; end }}", 1, 31, "name")]
    [InlineData("{{ for $a in session.agents; $a.manager.nam; end }}", 1, 41, "name")]
    [InlineData("{{ with session.agent; nam; end }}", 1, 24, "name")]
    [InlineData("{{ x = session.agent; x.nam }}", 1, 25, "name")]
    [InlineData("{{ session.agents[0].nam }}", 1, 22, "name")]
    [InlineData("{{ (session.agents | array.first).nam }}", 1, 35, "name")]
    [InlineData("{{ for a in session.agents | array.sort 'name' | array.limit 2; a.nam; end }}", 1, 67, "name")]
    [InlineData("{{ session.agents | array.map 'nam' }}", 1, 31, "name")]
    [InlineData("{{ for a in session.agents ?? []; a.nam; end }}", 1, 37, "name")]
    [InlineData("{{ session.started_at.yeer }}", 1, 23, "year")]
    [InlineData("{{ session.duration.total_minuts }}", 1, 21, "total_minutes")]
    [InlineData("{{ session.agents.sise }}", 1, 19, "size")]
    [InlineData("{{ session.id | string.upcse }}", 1, 24, "upcase")]
    [InlineData("{{ $\"{session.ide}\" }}", 1, 15, "id")]
    [InlineData("{{ if session.agent.nam; end }}", 1, 21, "name")]
    [InlineData("{{ func f(a); ret session.ids; end }}", 1, 27, "id")]
    public void A_misspelt_name_is_found_with_the_one_that_was_meant(string template, int line, int column, string meant)
    {
        var found = TemplateCheck.UnknownMembers(Parse(template), Schema).ShouldHaveSingleItem();

        (found.Line, found.Column).ShouldBe((line, column));
        found.Hint.ShouldBe($"Did you mean `{meant}`?");
    }

    [Theory]
    [InlineData("{{ x = 1; x; $y; this.z = 2; z; capture c; end; c }}")]
    [InlineData("{{ func f(a, b...); a; b.size; $0; end; f 1; g(q) = q + 1; g 1 }}")]
    [InlineData("{{ for a in session.agents; a.name; a.manager.manager.name; for.index; end }}")]
    [InlineData("{{ for t in session.agent.tags; t | string.upcase; t.size; end }}")]
    [InlineData("{{ with session.agent; name; session.id; own = 1; own; end }}")]
    [InlineData("{{ o = {a: 1}; o.b.c; import o; a; with o; whatever; end }}")]
    [InlineData("{{ x = session.agent; x = session; x.anything }}")]
    [InlineData("{{ (session.id | object.from_json).anything; date.now.year; date.format = '%Y'; timespan.zero }}")]
    [InlineData("{{ session.started_at.year; session.duration.hours; session.agents.size; empty; raw session.id }}")]
    [InlineData("{{ session.agents | array.map 'name' | array.join ','; wrap f; x; end; func f; $$; end; x = 1 }}")]
    [InlineData("{{ session['id']; session.agents[0]['name'] }}")]
    public void What_may_be_right_is_not_reported(string template) =>
        TemplateCheck.UnknownMembers(Parse(template), Schema).ShouldBeEmpty();

    [Fact]
    public void A_partial_may_use_the_variables_of_its_template()
    {
        var written = TemplateCheck.VariablesWritten(Parse("{{ title = 1; func helper; end; include 'p' }}"));

        written.ShouldBe(["helper", "title"]);
        TemplateCheck.UnknownMembers(Parse("{{ title; helper }}"), Schema, written).ShouldBeEmpty();
        TemplateCheck.UnknownMembers(Parse("{{ title }}"), Schema).ShouldHaveSingleItem();
    }

    [Fact]
    public void Conditions_are_checked_too()
    {
        var condition = Expression.Parse("session.ids == 1", "routes[0]").Expression.ShouldNotBeNull();

        TemplateCheck.UnknownMembers(condition, Schema).ShouldHaveSingleItem().File.ShouldBe("routes[0]");
        TemplateCheck.MembersRead(condition).ShouldBe(["session.ids"]);
    }

    [Fact]
    public void The_members_a_template_reads_are_listed()
    {
        const string template =
            "{{ session.agent.name | string.upcase; for a in session.agents; a.manager.name; end; x = session; x.id; $y = 1; $y; " +
            "with session.queue; end; session.list[0].t; session.agents | array.map 'tags' }}";

        TemplateCheck.MembersRead(Parse(template)).ShouldBe(
            ["session", "session.agent.name", "session.agents", "session.agents[].manager.name", "session.id", "session.list[].t", "session.queue"]);
    }

    [Fact]
    public void Partials_that_no_template_includes_are_found()
    {
        var loader = new MemoryTemplateLoader(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["a"] = "{{ include 'b' }}",
            ["b"] = "",
            ["c"] = "{{ include 'd' }}",
            ["d"] = "",
            ["e"] = "",
        });

        TemplateCheck.UnusedPartials([Parse("{{ include 'a' }}{{ include_join ['e'] }}")], loader).Select(d => d.File).ShouldBe(["c", "d"]);
        TemplateCheck.UnusedPartials([Parse("{{ include name }}")], loader).ShouldBeEmpty();
        TemplateCheck.MissingPartials(Parse("\n{{ include 'aa' }}"), loader).ShouldHaveSingleItem().ToString()
            .ShouldBe("test.sbn-txt(2,12): error: There is no partial `aa`. Did you mean `a`?");
    }

    [Fact]
    public void A_walker_sees_every_node_of_the_tree()
    {
        var walker = new Names();

        walker.Visit(Parse("{{ a.b | c d: e; f(x) = g; if h; i[j]; end; for k in l limit: m; end; $\"{n}\"; {o: p}; do; q; end; case r; when s; end }}").Syntax);

        walker.Seen.ShouldBe("a c e f g h i j k l m n p q r s".Split(' '));
    }

    private sealed class Names : SyntaxWalker
    {
        public List<string> Seen { get; } = [];

        protected override void VisitVariable(VariableSyntax node)
        {
            Seen.Add(node.Name);
            base.VisitVariable(node);
        }
    }

    private sealed record Session(string Id, DateTimeOffset StartedAt, TimeSpan Duration, IReadOnlyList<Agent> Agents, Agent? Agent);

    private sealed record Agent(string Name, Agent? Manager, string[] Tags);
}
