using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrmSync.Simulators.Salesforce;

/// <summary>The answers a composite call or graph has so far, and <c>@{reference.path}</c> in what follows.</summary>
internal sealed partial class References
{
    private readonly Dictionary<string, ApiAnswer> _answers = new(StringComparer.Ordinal);

    public void Add(string referenceId, ApiAnswer answer) => _answers[referenceId] = answer;

    public ApiAnswer this[string referenceId] => _answers[referenceId];

    public static void EnsureLegal(string? referenceId)
    {
        if (referenceId is null || !LegalId().IsMatch(referenceId))
        {
            throw Malformed($"Provided referenceId {referenceId} is not valid: letters, digits and underscore are, starting with a letter.");
        }
    }

    /// <exception cref="ApiException">PROCESSING_HALTED where the named answer has no such value.</exception>
    public string Resolve(string text) => Reference().Replace(text, match => Value(match.Groups["path"].Value));

    public JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject record => new JsonObject(record.Select(p => KeyValuePair.Create(p.Key, Resolve(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Resolve)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Resolve(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    private string Value(string reference)
    {
        var steps = Step().Matches(reference).Select(m => m.Value).ToList();
        var node = _answers.TryGetValue(steps[0], out var answer) && answer.IsSuccess ? answer.Body : null;
        foreach (var step in steps.Skip(1))
        {
            node = (node, int.TryParse(step, CultureInfo.InvariantCulture, out var index)) switch
            {
                (JsonArray list, true) => index < list.Count ? list[index] : null,
                (JsonObject record, _) => record[step],
                _ => null,
            };
        }

        return node is JsonValue value
            ? value.ToString()
            : throw new ApiException(400, "PROCESSING_HALTED", $"Invalid reference specified. No value for {reference} found in {steps[0]}");
    }

    private static ApiException Malformed(string message) => new(400, "INVALID_INPUT", message);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LegalId();

    [GeneratedRegex(@"@\{(?<path>[^}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"[^.\[\]]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Step();
}
