namespace CrmSync.Scripting.Tests.Builtins;

public sealed class ArrayFunctions
{
    [Theory]
    [InlineData("[1, 2, 3] | array.add 4", "[1, 2, 3, 4]")]
    [InlineData("null | array.add 4", "[4]")]
    [InlineData("[1, 2, 3] | array.add_range [4, 5]", "[1, 2, 3, 4, 5]")]
    [InlineData("[1, 2, 3] | array.concat [4, 5]", "[1, 2, 3, 4, 5]")]
    [InlineData("[1, 2] | array.concat null", "[1, 2]")]
    [InlineData("[1, null, 3] | array.compact", "[1, 3]")]
    [InlineData("[1, 2, 3, 4] | array.contains 4", "true")]
    [InlineData("[1, 2] | array.contains '2'", "true")]
    [InlineData("null | array.contains 1", "false")]
    [InlineData("[\" hello\", \" world\", \"20\"] | array.any @string.contains \"20\"", "true")]
    [InlineData("[\" hello\", \" world\", \"20\"] | array.any @string.contains \"30\"", "false")]
    [InlineData("[\" a\", \" 5\", \"6 \"] | array.each @string.strip", "[\"a\", \"5\", \"6\"]")]
    [InlineData("[1, 2] | array.each @math.plus 10", "[11, 12]")]
    [InlineData("[\"\", \"200\", \"\",\"400\"] | array.filter @string.empty", "[\"\", \"\"]")]
    [InlineData("[4, 5, 6] | array.first", "4")]
    [InlineData("[] | array.first", "")]
    [InlineData("null | array.last", "")]
    [InlineData("[4, 5, 6] | array.last", "6")]
    [InlineData("[\"a\", \"b\", \"c\"] | array.insert_at 2 \"Yo\"", "[\"a\", \"b\", \"Yo\", \"c\"]")]
    [InlineData("[1] | array.insert_at 3 2", "[1, null, null, 2]")]
    [InlineData("[1, 2] | array.insert_at (-1) 9", "[1, 9, 2]")]
    [InlineData("[1, 2, 3] | array.join \"|\"", "1|2|3")]
    [InlineData("[1, null, 3] | array.join \",\"", "1,,3")]
    [InlineData("[] | array.join \",\"", "")]
    [InlineData("['a', 'b'] | array.join ', ' @string.upcase", "A, B")]
    [InlineData("[4, 5, 6] | array.limit 2", "[4, 5]")]
    [InlineData("[4] | array.limit (-2)", "[]")]
    [InlineData("[4, 5, 6, 7, 8] | array.offset 2", "[6, 7, 8]")]
    [InlineData("[4] | array.offset 9", "[]")]
    [InlineData("[{t: 1}, {t: 2}, {}, null] | array.map 't'", "[1, 2, null, null]")]
    [InlineData("[4, 5, 6, 7, 8] | array.remove_at 2", "[4, 5, 7, 8]")]
    [InlineData("[4, 5, 6, 7, 8] | array.remove_at (-1)", "[4, 5, 6, 7]")]
    [InlineData("[4] | array.remove_at 9", "[4]")]
    [InlineData("[4, 5, 6, 7] | array.reverse", "[7, 6, 5, 4]")]
    [InlineData("[4, 5, 6] | array.size", "3")]
    [InlineData("1..1000000 | array.size", "1000000")]
    [InlineData("null | array.size", "0")]
    [InlineData("[10, 2, 6] | array.sort", "[2, 6, 10]")]
    [InlineData("['b', null, 'A', 'a'] | array.sort | array.size", "4")]
    [InlineData("[{t: 'b'}, {t: 'a'}] | array.sort 't' | array.map 't'", "[\"a\", \"b\"]")]
    [InlineData("[{o: {t: 2}}, {o: {t: 1}}, {}] | array.sort 'o.t' | array.map 'o'", "[null, {t: 1}, {t: 2}]")]
    [InlineData("[1, 1, 4, 5, 8, 8] | array.uniq", "[1, 4, 5, 8]")]
    public void Documented_examples_and_edges(string expression, string expected) => Eval(expression).ShouldBe(expected);

    [Fact]
    public void Cycle_takes_turns_by_list_or_by_group()
    {
        const string cycle = "{{ array.cycle ['one', 'two'] }} {{ array.cycle ['one', 'two'] }} {{ array.cycle ['one', 'two'] 'g' }} {{ array.cycle ['one', 'two'] }}";

        Render(cycle).ShouldBe("one two one one");
        Render("{{ array.cycle [] }}").ShouldBe("");
    }

    [Fact]
    public void The_list_that_is_given_stays_as_it_was() =>
        Render("{{ a = [2, 1]; a | array.add 3; a | array.sort; a | array.reverse; a << 4; a }}").ShouldEndWith("[2, 1]");

    [Theory]
    [InlineData("5 | array.first")]
    [InlineData("'a' | array.size")]
    [InlineData("[1] | array.each 5")]
    [InlineData("[1] | array.limit 'x'")]
    public void Wrong_arguments_are_faults_that_name_the_function(string expression) =>
        Fail("{{ " + expression + " }}").Message.ShouldContain("`array.");
}
