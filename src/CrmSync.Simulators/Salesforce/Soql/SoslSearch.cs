using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrmSync.Simulators.Salesforce.Soql;

/// <summary>
/// <c>FIND {a OR b} [IN scope FIELDS] RETURNING Object(fields [WHERE ...]), ...</c>. Phone numbers are compared digit by digit, other
/// text as a part of the field's. Reserved characters must be escaped.
/// </summary>
internal sealed partial class SoslSearch(Org org)
{
    private const int TermMin = 2;

    private readonly SoqlEngine _engine = new(org);

    public JsonObject Run(string sosl, string version)
    {
        var match = Search().Match(sosl);
        if (!match.Success)
        {
            throw Malformed("line 1: a search has the form FIND {...} IN ... FIELDS RETURNING ...");
        }

        var scope = match.Groups["scope"] is { Success: true, Value: var named } ? named.ToUpperInvariant() : "ALL";
        var terms = Terms(match.Groups["find"].Value);
        return new JsonObject
        {
            ["searchRecords"] = new JsonArray(
                [.. Returning(match.Groups["returning"].Value).SelectMany(soql => _engine.Run(soql, version, all: false, row => terms.Exists(t => Fits(row, scope, t))).Records)]),
        };
    }

    private static List<string> Terms(string find)
    {
        if (Unescaped().IsMatch(find))
        {
            throw Malformed("a reserved character is not escaped");
        }

        var terms = find.Trim().Trim('(', ')').Split(" OR ", StringSplitOptions.TrimEntries).Select(t => Escape().Replace(t, "${char}")).ToList();
        return terms.Exists(t => t.Length < TermMin) ? throw Malformed("search term must be longer than one character") : terms;
    }

    // "Case(Id, Subject WHERE IsClosed = false)" is the query "SELECT Id, Subject FROM Case WHERE IsClosed = false".
    private static IEnumerable<string> Returning(string text)
    {
        foreach (Match part in Returned().Matches(text))
        {
            var inner = part.Groups["inner"] is { Success: true, Value: var written } ? written : "Id";
            var clause = Clause().Match(inner);
            var fields = clause.Success ? inner[..clause.Index] : inner;
            yield return $"SELECT {fields} FROM {part.Groups["type"].Value} {(clause.Success ? inner[clause.Index..] : string.Empty)}";
        }
    }

    private static bool Fits(Row row, string scope, string term) => row.Type.Fields.Any(field =>
        (scope == "ALL" || field.Name.Contains(scope, StringComparison.OrdinalIgnoreCase))
        && row.Text(field.Name) is { } text
        && (scope == "PHONE" ? Digits(text).Contains(Digits(term), StringComparison.Ordinal) : text.Contains(term, StringComparison.OrdinalIgnoreCase)));

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static ApiException Malformed(string message) => new(400, "MALFORMED_SEARCH", message);

    [GeneratedRegex(
        @"^\s*FIND\s*\{(?<find>(?:\\.|[^}\\])*)\}\s*(?:IN\s+(?<scope>ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS\s*)?(?:RETURNING\s+(?<returning>.+))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Search();

    [GeneratedRegex(@"(?<!\\)(\\\\)*[&|!{}\[\]^~:'+\-]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Unescaped();

    [GeneratedRegex(@"\\(?<char>.)", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<type>\w+)\s*(\((?<inner>[^)]*)\))?\s*(,|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Returned();

    [GeneratedRegex(@"\s(WHERE|ORDER\s+BY|LIMIT)\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Clause();
}
