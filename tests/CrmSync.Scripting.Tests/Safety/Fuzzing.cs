using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Scripting.Tests.Safety;

public sealed class Fuzzing
{
    private const int Runs = 4000;

    private static readonly string[] Fragments =
    [
        "{{", "}}", "{{-", "~}}", "{%{", "}%}", "(", ")", "[", "]", "{", "}", "\"", "'", "`", "$\"", "$", "$$", "#", "##", "|", "@", "^", "..", "..<", "...", "?.", "??",
        "?!", "?", ":", ";", ",", "\n", "\\", "=", "==", "+=", "++", "--", "1e99", "0x", "1.5m", " if ", " else ", " end ", " for ", " in ", " case ", " when ", " while ",
        " func ", " do ", " ret ", " wrap ", " with ", " capture ", " import ", " readonly ", " tablerow ", " break ", " for.index ", " this ", " empty ", " null ", " x ",
        "string.", "array.sort", "object.eval", "date.now", "regex.match", "\0", "\uD800", "é",
    ];

    private static readonly string[] OwnSeeds =
    [
        "Hello {{ name }}, {{ for x in list; x.title | string.upcase; if for.last; break; end; end }}",
        "{{ func f(a, b = 1, c...); ret a + b + c.size; end; f 1 2 3; f b: 2 a: 1 }}{{ f(x) = x * 2; 5 | f }}",
        "{{ case x; when 1, 2 || 3; \"a\"; else; $'b {x} {\"c\"}'; end }}{{ capture y }}t{{ end }}{{ with o; z = 1; end }}",
        "{{ x = {a: [1, 2, {b: \"c\"}], \"d\": 1..5}; x.a[2].b ?? x?.d[0] ?! 'e'; x.a = null; x++; --x }}",
        "{{ wrap f 1; $i; end; while x < 3; x += 1; end; [1,2] | array.each do; ret $0 ? 1 : 2; end }}",
    ];

    [Fact]
    public void Mutated_templates_neither_throw_nor_hang()
    {
        var random = new Random(20260101);
        var seeds = Seeds();
        var options = new RenderOptions { Limits = TemplateLimits.Default with { StepsMax = 5000, OutputCharsMax = 20_000 } };
        var rendered = 0;

        for (var i = 0; i < Runs; i++)
        {
            var text = Mutate(seeds[random.Next(seeds.Length)], random);
            var parsed = Template.Parse(text, "fuzz");

            if (parsed.Template is null)
            {
                parsed.Diagnostics.ShouldNotBeEmpty(text);
                continue;
            }

            var result = parsed.Template.Render(NoModel, options, TestContext.Current.CancellationToken);
            (result.Ok ? result.Text : result.Error.Message).ShouldNotBeNull(text);
            TemplateCheck.MembersRead(parsed.Template).ShouldNotBeNull();
            rendered++;
        }

        rendered.ShouldBeGreaterThan(Runs / 20);
    }

    [Fact]
    public void Random_text_neither_throws_nor_hangs() =>
        Prop.ForAll<string>(text => Template.Parse("{{" + text, "fuzz") is { } result && (result.Ok || result.Diagnostics.Count > 0))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Text_without_code_renders_to_itself() =>
        Prop.ForAll<NonNull<string>>(text => text.Get.Contains('{', StringComparison.Ordinal) || Render(text.Get) == text.Get)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_passed_as_data_renders_to_itself() =>
        Prop.ForAll<NonNull<string>>(text => Render("{{ x }}", Model(("x", text.Get))) == text.Get).QuickCheckThrowOnFailure();

    [Fact]
    public void A_literal_of_any_text_means_that_text() =>
        Prop.ForAll<NonNull<string>>(text => Eval(Render("{{ x | string.literal }}", Model(("x", text.Get)))) == text.Get)
            .QuickCheckThrowOnFailure();

    private static string[] Seeds()
    {
        if (Conformance.Folder() is not { } folder)
            return OwnSeeds;

        return [.. OwnSeeds, .. Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".out.txt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Conformance.Read)];
    }

    private static string Mutate(string text, Random random)
    {
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(12, text.Length - at) + 1);

            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text[..at],
                _ => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
            };
        }

        return text;
    }
}
