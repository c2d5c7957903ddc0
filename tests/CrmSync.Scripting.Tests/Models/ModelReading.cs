using System.Collections.Immutable;
using System.Text.Json;

namespace CrmSync.Scripting.Tests.Models;

public sealed class ModelReading
{
    private static readonly ModelMap Map = new ModelMap()
        .Record<Call>(r => r
            .Member("id", c => c.Id, "Number of the call.", "135")
            .Member("agents", c => c.Agents, "Who took part.")
            .Member("queue", c => c.Queue)
            .Member("ends_at", c => c.EndsAt)
            .Member("kind", c => c.Kind))
        .Record<Agent>(r => r.Member("name", a => a.Name).Member("manager", a => a.Manager));

    private static readonly RenderOptions Mapped = new() { Models = Map };

    private enum Kind
    {
        Voice,
    }

    [Fact]
    public void Registered_records_are_read_by_their_mapping()
    {
        var call = new Call(135, [new Agent("Ann"), new Agent("Bob", new Agent("Eve"))], null, new DateOnly(2026, 1, 2), Kind.Voice);

        Render("{{ id }} {{ for a in agents; a.name; a.manager.name; end }} {{ queue.name }}{{ ends_at }} {{ kind }} {{ agents.size }}", call, Mapped)
            .ShouldBe("135 AnnBobEve 02 Jan 2026 Voice 2");
    }

    [Fact]
    public void Members_that_are_not_mapped_do_not_exist() =>
        Render("{{ call.Id }}{{ call.secret }}", Model(("call", new Call(1, [], null, default, Kind.Voice))), Mapped).ShouldBe("");

    [Fact]
    public void A_record_opens_in_with_and_shows_its_members() =>
        Render("{{ with call; id; end }} {{ agent }} {{ agent | object.keys }}", Model(("call", new Call(7, [], null, default, Kind.Voice)), ("agent", new Agent("Ann"))), Mapped)
            .ShouldBe("7 {name: \"Ann\", manager: null} [\"name\", \"manager\"]");

    [Fact]
    public void Json_is_read_as_it_is()
    {
        var json = JsonElement.Parse("""{"a": {"b": [1, 2.5, "x", true, null, {"c": 9007199254740993}]}, "n": null}""");

        Render("{{ a.b[0] + a.b[1] }} {{ a.b[2] }} {{ a.b[3] }} {{ a.b[5].c }} {{ a.b.size }} {{ n }}{{ a.missing.deep }} {{ for x in a.b; for.index; end }}", json)
            .ShouldBe("3.5 x true 9007199254740993 6  012345");
        Render("{{ a.b }}", json).ShouldBe("[1, 2.5, \"x\", true, null, {c: 9007199254740993}]");
        Render("{{ a | object.to_json }}", json).ShouldBe("""{"b":[1,2.5,"x",true,null,{"c":9007199254740993}]}""");
    }

    [Fact]
    public void Lists_and_dictionaries_of_any_kind_are_read()
    {
        var model = Model(
            ("numbers", new[] { 1, 2 }),
            ("list", new List<string> { "a", "b" }),
            ("immutable", ImmutableArray.Create("c")),
            ("objects", (IReadOnlyList<object?>)[1, null]),
            ("texts", new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "v" }),
            ("nested", Model(("x", Model(("y", 5))))));

        Render("{{ numbers[1] }}{{ list | array.join '' }}{{ immutable[0] }}{{ objects }}{{ texts.k }}{{ nested.x.y }}{{ for t in texts; t.key; t.value; end }}", model)
            .ShouldBe("2abc[1, null]v5kv");
    }

    [Fact]
    public void Values_of_the_framework_become_values_of_the_language()
    {
        var model = Model(("b", (byte)1), ("u", 4_000_000_000u), ("d", 1.5m), ("c", 'x'), ("g", Guid.Empty), ("t", TimeSpan.FromMinutes(61)));

        Render("{{ b + 1 }} {{ u + 1 }} {{ d + 1 }} {{ c }} {{ g | string.slice 0 4 }} {{ t.hours }} {{ t.total_minutes }}", model)
            .ShouldBe("2 4000000001 2.5 x 0000 1 61");
    }

    [Fact]
    public void A_template_cannot_change_its_model()
    {
        var model = Model(("x", 1), ("list", new List<int> { 1 }));

        Render("{{ x = 2; list << 3; list | array.add 4; x }}", model).ShouldEndWith("2");
        model["x"].ShouldBe(1);
        ((List<int>)model["list"]!).Count.ShouldBe(1);
    }

    [Fact]
    public void A_variable_of_the_model_goes_before_a_built_in_of_the_same_name() =>
        Render("{{ date }} {{ string.upcase }}", Model(("date", "today"), ("string", Model(("upcase", "mine"))))).ShouldBe("today mine");

    [Fact]
    public void A_schema_tells_names_types_and_descriptions()
    {
        var schema = Map.Schema<Call>();
        var root = schema.Root.ShouldBeOfType<SchemaType.Composite>();

        root.Members.Select(m => $"{m.Name}: {m.Type.Name}")
            .ShouldBe(["id: number", "agents: list of Agent", "queue: Agent", "ends_at: date", "kind: text"]);
        root.Find("id").ShouldNotBeNull().Description.ShouldBe("Number of the call.");
        root.Find("id").ShouldNotBeNull().Example.ShouldBe("135");
    }

    [Fact]
    public void One_template_renders_on_many_threads()
    {
        var template = Parse("{{ x = n; for i in 1..20; x += i; end; func f; ret $0 * 2; end; f x }}");

        Parallel.For(0, 200, n =>
            template.Render(Model(("n", n)), RenderOptions.Default, CancellationToken.None).Text.ShouldBe($"{(n + 210) * 2}"));
    }

    private sealed record Call(int Id, IReadOnlyList<Agent> Agents, Agent? Queue, DateOnly EndsAt, Kind Kind);

    private sealed record Agent(string Name, Agent? Manager = null);
}
