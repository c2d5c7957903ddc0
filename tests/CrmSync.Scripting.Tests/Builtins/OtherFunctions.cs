namespace CrmSync.Scripting.Tests.Builtins;

public sealed class OtherFunctions
{
    [Theory]
    [InlineData("-15.5| math.abs", "15.5")]
    [InlineData("-5| math.abs", "5")]
    [InlineData("null | math.abs", "")]
    [InlineData("-2147483648 | math.abs", "2147483648")]
    [InlineData("4.6 | math.ceil", "5")]
    [InlineData("-4.6 | math.ceil", "-4")]
    [InlineData("4 | math.ceil", "4")]
    [InlineData("8.4 | math.divided_by 2.0 | math.round 1", "4.2")]
    [InlineData("8.4 | math.divided_by 2", "4")]
    [InlineData("-7 | math.divided_by 2", "-4")]
    [InlineData("4.6 | math.floor", "4")]
    [InlineData("-4.2 | math.floor", "-5")]
    [InlineData("255 | math.format \"X4\"", "00FF")]
    [InlineData("1234.5 | math.format 'N2' 'de-DE'", "1.234,50")]
    [InlineData("null | math.format 'N2'", "")]
    [InlineData("255 | math.is_number", "true")]
    [InlineData("\"yo\" | math.is_number", "false")]
    [InlineData("null | math.is_number", "false")]
    [InlineData("255 | math.minus 5", "250")]
    [InlineData("11 | math.modulo 10", "1")]
    [InlineData("1 | math.plus 2", "3")]
    [InlineData("2 | math.times 3", "6")]
    [InlineData("4.6 | math.round", "5")]
    [InlineData("4.3 | math.round", "4")]
    [InlineData("2.5 | math.round", "3")]
    [InlineData("4.5612 | math.round 2", "4.56")]
    [InlineData("1.005m | math.round 2", "1.01")]
    [InlineData("math.uuid | string.size", "36")]
    [InlineData("math.random 1 2", "1")]
    [InlineData("undefined_var | object.default \"Yo\"", "Yo")]
    [InlineData("\"\" | object.default \"Yo\"", "Yo")]
    [InlineData("\" \" | object.default \"Yo\" | string.size", "1")]
    [InlineData("0 | object.default 5", "0")]
    [InlineData("\"1 + 2\" | object.eval", "3")]
    [InlineData("5 | object.eval", "5")]
    [InlineData("'a {{ 1 + 2 }}' | object.eval_template", "a 3")]
    [InlineData("1523 | object.format \"N2\" \"en-US\"", "1,523.00")]
    [InlineData("{title: 1} | object.has_key \"title\"", "true")]
    [InlineData("null | object.has_key \"title\"", "false")]
    [InlineData("{title: null} | object.has_key \"title\"", "true")]
    [InlineData("{title: null} | object.has_value \"title\"", "false")]
    [InlineData("{b: 1, a: 2} | object.keys | array.sort", "[\"a\", \"b\"]")]
    [InlineData("{b: 1, a: 2} | object.values", "[1, 2]")]
    [InlineData("null | object.keys", "[]")]
    [InlineData("[1, 2, 3] | object.size", "3")]
    [InlineData("'abc' | object.size", "3")]
    [InlineData("{a: 1} | object.size", "1")]
    [InlineData("null | object.size", "0")]
    [InlineData("null | object.typeof", "")]
    [InlineData("[true | object.typeof, 1.0 | object.typeof, 'x' | object.typeof] | array.join ' '", "boolean number string")]
    [InlineData("1..5 | object.typeof", "iterator")]
    [InlineData("[1] | object.typeof", "array")]
    [InlineData("object | object.typeof", "object")]
    [InlineData("1 | object.kind", "int")]
    [InlineData("1.0 | object.kind", "double")]
    [InlineData("1f | object.kind", "float")]
    [InlineData("1m | object.kind", "decimal")]
    [InlineData("1e10 | object.kind", "long")]
    [InlineData("1e30 | object.kind", "bigint")]
    [InlineData("1..5 | object.kind", "range")]
    [InlineData("@string.size | object.kind", "function")]
    [InlineData("(`{ \"foo\": [123, {\"a\": null}] }` | object.from_json).foo[0]", "123")]
    [InlineData("null | object.from_json", "")]
    [InlineData("{ foo: \"bar\", baz: [1, 2, 3] } | object.to_json", "{\"foo\":\"bar\",\"baz\":[1,2,3]}")]
    [InlineData("true | object.to_json", "true")]
    [InlineData("null | object.to_json", "null")]
    [InlineData("[1.5, 1e30, 'a\"<'] | object.to_json", "[1.5,1000000000000000000000000000000,\"a\\u0022\\u003C\"]")]
    [InlineData("\"(abc.*)\" | regex.escape", "\\(abc\\.\\*\\)")]
    [InlineData("\"\\\\(abc\\\\.\\\\*\\\\)\" | regex.unescape", "(abc.*)")]
    [InlineData("\"this is a text123\" | regex.match `(\\w+) a ([a-z]+\\d+)`", "[\"is a text123\", \"is\", \"text123\"]")]
    [InlineData("\"x\" | regex.match `y`", "[]")]
    [InlineData("\"this is a text123\" | regex.matches `(\\w+)`", "[[\"this\", \"this\"], [\"is\", \"is\"], [\"a\", \"a\"], [\"text123\", \"text123\"]]")]
    [InlineData("\"abbbbcccd\" | regex.replace \"b+c+\" \"-Yo-\"", "a-Yo-d")]
    [InlineData("\"ab\" | regex.replace '(a)(b)' '$2$1'", "ba")]
    [InlineData("\"AB\" | regex.replace 'b' 'x' 'i'", "Ax")]
    [InlineData("\"aa\" | regex.match '(a)\\\\1' | array.first", "aa")]
    [InlineData("\"a, b   , c,    d\" | regex.split `\\s*,\\s*`", "[\"a\", \"b\", \"c\", \"d\"]")]
    [InlineData("null | regex.split ','", "[\"\"]")]
    [InlineData("\"<p>This is a <b class='x'>paragraph</b></p>\" | html.strip", "This is a paragraph")]
    [InlineData("\"3 < 4 <!-- x --><script>y</script>!\" | html.strip", "3 < 4 !")]
    [InlineData("\"<p\" | html.strip", "<p")]
    [InlineData("\"<p>a & 'b'</p>\" | html.escape", "&lt;p&gt;a &amp; &#39;b&#39;&lt;/p&gt;")]
    [InlineData("null | html.escape", "")]
    [InlineData("\"john@liquid.com\" | html.url_encode", "john%40liquid.com")]
    [InlineData("\"<hello> & <scriban> é\" | html.url_escape", "%3Chello%3E%20&%20%3Cscriban%3E%20%C3%A9")]
    [InlineData("\"a\\nb\" | html.newline_to_br", "a<br />\nb")]
    [InlineData("(timespan.from_days 5).days", "5")]
    [InlineData("(timespan.from_hours 5).hours", "5")]
    [InlineData("(timespan.from_minutes 90).total_hours", "1.5")]
    [InlineData("(timespan.from_seconds 5).seconds", "5")]
    [InlineData("(timespan.from_milliseconds 5).milliseconds", "5")]
    [InlineData("timespan.parse '1.02:03:04'", "1.02:03:04")]
    [InlineData("(timespan.from_hours 1) + (timespan.from_minutes 30)", "01:30:00")]
    [InlineData("(timespan.from_hours 1) > timespan.zero", "true")]
    [InlineData("-(timespan.from_seconds 1)", "-00:00:01")]
    [InlineData("timespan.from_days null", "")]
    public void Documented_examples_and_edges(string expression, string expected) => Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("1 | math.divided_by 0")]
    [InlineData("'a' | math.abs")]
    [InlineData("math.random 2 1")]
    [InlineData("'x' | regex.match '('")]
    [InlineData("'x' | regex.match 'x' 'q'")]
    [InlineData("'{' | object.from_json")]
    [InlineData("'1 +' | object.eval")]
    [InlineData("5 | object.keys")]
    [InlineData("1 | math.format 'Q'")]
    [InlineData("1 | math.format 'N2' 'no-such-culture!'")]
    [InlineData("timespan.parse 'x'")]
    [InlineData("timespan.from_days 1e30")]
    [InlineData("date.parse 'x'")]
    [InlineData("'x' | regex.unescape '\\\\'")]
    public void Wrong_arguments_are_faults(string expression) => Fail("{{ " + expression + " }}").Message.ShouldContain('`');

    [Fact]
    public void Every_group_and_function_of_the_reference_exists()
    {
        string[] reference =
        [
            "array: add add_range any compact concat contains cycle each filter first insert_at join last limit map offset remove_at reverse size sort uniq",
            "date: add_days add_hours add_milliseconds add_minutes add_months add_seconds add_years now parse to_string",
            "html: escape strip url_encode url_escape",
            "math: abs ceil divided_by floor format is_number minus modulo plus random round times uuid",
            "object: default eval eval_template format from_json has_key has_value keys kind size to_json typeof values",
            "regex: escape match matches replace split unescape",
            "string: append base64_decode base64_encode capitalize capitalizewords contains downcase empty ends_with equals_ignore_case escape handleize",
            "string: hmac_sha1 hmac_sha256 hmac_sha512 index_of literal lstrip md5 pad_left pad_right pluralize prepend remove remove_first remove_last",
            "string: replace replace_first rstrip sha1 sha256 sha512 size slice slice1 split starts_with strip strip_newlines to_double to_float to_int",
            "string: to_long truncate truncatewords upcase whitespace",
            "timespan: from_days from_hours from_milliseconds from_minutes from_seconds parse zero",
        ];

        foreach (var line in reference)
        {
            var (group, names) = (line.Split(": ")[0], line.Split(": ")[1].Split(' '));
            names.ShouldAllBe(name => Eval($"object.has_key {group} '{name}'", null, null) == "true", $"one of {line} is missing");
        }
    }

    [Fact]
    public void Regular_expressions_are_shared_by_threads_and_stay_few()
    {
        var template = Parse("{{ for i in 1..50; 'a' + i + 'b' | regex.replace ('a' + i) ''; end }}");
        var expected = string.Concat(Enumerable.Repeat("b", 50));

        var options = new RenderOptions { Limits = TemplateLimits.Default with { TimeMax = TimeSpan.FromMinutes(5) } };

        Parallel.For(0, 20, _ =>
        {
            var result = template.Render(NoModel, options, CancellationToken.None);
            result.Text.ShouldBe(expected, result.Error?.ToString());
        });
    }
}
