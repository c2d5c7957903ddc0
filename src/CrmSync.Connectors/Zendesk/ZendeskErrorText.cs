using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrmSync.Connectors.Zendesk;

/// <summary>Zendesk's own words from an error body, short and without personal data, for the person who must mend it.</summary>
internal static partial class ZendeskErrorText
{
    private const int CharactersMax = 300;

    public static string? Code(ErrorReply? error) => error?.Error switch
    {
        { ValueKind: JsonValueKind.String } word => word.GetString(),
        { ValueKind: JsonValueKind.Object } wordy when wordy.TryGetProperty("title", out var title) => title.ToString(),
        _ => null,
    };

    public static string? Sentences(ErrorReply? error)
    {
        if (error is null)
        {
            return null;
        }

        var nested = error.Error is { ValueKind: JsonValueKind.Object } wordy && wordy.TryGetProperty("message", out var message)
            ? message.ToString()
            : null;
        return Clean([.. Descriptions(error.Details), nested, error.Description, error.Message]);
    }

    /// <summary>Every <c>description</c> below <c>details</c>, or the text itself where a job puts one.</summary>
    public static IEnumerable<string?> Descriptions(JsonElement? details) => details switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().SelectMany(item => Descriptions(item)),
        { ValueKind: JsonValueKind.Object } record when record.TryGetProperty("description", out var description) => [description.ToString()],
        { ValueKind: JsonValueKind.Object } record => record.EnumerateObject().SelectMany(member => Descriptions(member.Value)),
        _ => [],
    };

    public static string? Clean(IEnumerable<string?> sentences)
    {
        var text = string.Join("; ", sentences.Where(sentence => !string.IsNullOrWhiteSpace(sentence)).Distinct(StringComparer.Ordinal));
        var safe = Number().Replace(Address().Replace(text, "[address]"), "[number]");
        return safe.Length == 0 ? null : safe.Length > CharactersMax ? safe[..CharactersMax] + "..." : safe;
    }

    [GeneratedRegex(@"[^\s@""]+@[^\s@""]+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\+?\d[\d\s().-]{8,}\d", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
