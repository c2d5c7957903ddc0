using System.Reflection;
using System.Text.RegularExpressions;
using CrmSync.Console.Access;
using CrmSync.Console.Texts;

namespace CrmSync.Tests.Console;

/// <summary>What the compiler cannot see: a text that is empty, or that lost a place in one language.</summary>
public sealed partial class TextsTests
{
    private static readonly IReadOnlyList<(string Name, Text Text)> All =
    [
        .. from type in typeof(Text).Assembly.GetTypes()
           where type.Namespace == typeof(Text).Namespace && type.IsAbstract && type.IsSealed
           from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           where field.FieldType == typeof(Text)
           select ($"{type.Name}.{field.Name}", (Text)field.GetValue(null)!),
    ];

    [Fact]
    public void There_are_texts_to_look_at() => All.Count.ShouldBeGreaterThan(50);

    [Fact]
    public void No_text_is_empty_or_has_blanks_around_it() => All
        .Where(entry => new[] { entry.Text.English, entry.Text.Spanish }.Any(words => words.Length == 0 || words != words.Trim()))
        .Select(entry => entry.Name)
        .ShouldBeEmpty();

    [Fact]
    public void Both_languages_have_the_same_places_to_fill() => All
        .Where(entry => !Places(entry.Text.English).SequenceEqual(Places(entry.Text.Spanish), StringComparer.Ordinal))
        .Select(entry => entry.Name)
        .ShouldBeEmpty();

    [Fact]
    public void Sentences_end_alike_in_both_languages() => All
        .Where(entry => entry.Text.English.EndsWith('.') != entry.Text.Spanish.EndsWith('.'))
        .Select(entry => entry.Name)
        .ShouldBeEmpty();

    [Fact]
    public void Every_action_of_the_audit_has_words() => AuditActions.All.Where(action => AuditTexts.Action(action) is null).ShouldBeEmpty();

    [Fact]
    public void Speech_says_the_language_it_was_told_and_English_for_one_it_does_not_know()
    {
        var speech = new Speech();
        speech[ShellTexts.Sessions].ShouldBe("Sessions");
        speech.Use("es");
        speech[ShellTexts.Sessions].ShouldBe("Sesiones");
        speech.Number(1_234_567).ShouldBe("1.234.567");
        speech.Use("tlh");
        speech[ShellTexts.Sessions].ShouldBe("Sessions");
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Place();
}
