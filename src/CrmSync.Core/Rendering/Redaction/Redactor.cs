using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CrmSync.Core.Rendering.Redaction;

/// <summary>
/// Decides for one value of a session what may be shown of it. Which rule applies follows from the value's key, so that notes and
/// the attached file are treated alike.
/// </summary>
public sealed class Redactor
{
    private const string Removed = "[removed]";

    // Ids, times and links are no personal data by themselves, and a note without them leads nowhere.
    private static readonly FrozenSet<string> Structural = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "id", "call_uuid", "chat_uuid", "conference_sid", "materialized_path", "support_number", "out_ticket_url", "lang", "status", "type");

    private readonly RedactionOptions _options;
    private readonly FrozenSet<string> _keys;
    private readonly (Regex Regex, string Replacement)[] _patterns;

    public Redactor(RedactionOptions options)
    {
        _options = options;
        _keys = options.Keys.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _patterns = [.. options.Patterns.Select(pattern => (pattern.Compile(), pattern.ReplacementText))];
    }

    /// <summary>Shows everything.</summary>
    public static Redactor Nothing { get; } = new(new RedactionOptions());

    /// <summary>Whether the attached file is to be redacted too.</summary>
    public bool Attachment => _options.Attachment;

    /// <summary>What may be shown of a value.</summary>
    /// <param name="key">Its JSON key, e.g. <c>feedback</c>.</param>
    public string Apply(string key, string value) => key switch
    {
        _ when _keys.Contains(key) => Removed,
        _ when IsStructural(key) => value,
        _ when Is(key, "identifier") => Identifier(value),
        _ when IsPhone(key) => Patterns(Phone(value)),
        _ when EndsWith(key, "email") => Patterns(Email(value)),
        _ => FreeText(value),
    };

    /// <summary>Whether a value is personal for its key alone, also when it is a number.</summary>
    internal bool IsPersonal(string key) => _keys.Contains(key) || IsPhone(key) || Is(key, "identifier");

    /// <summary>Whether every value below a key goes, whatever it is.</summary>
    internal bool RemovesTree(string key) => _keys.Contains(key) || (_options.SipHeaders && Is(key, "sip_headers"));

    private string Phone(string value) => _options.Phone switch
    {
        RedactionMode.Mask => PersonalText.MaskPhone(value),
        RedactionMode.Remove => "[phone removed]",
        _ => value,
    };

    private string Email(string value) => _options.Email switch
    {
        RedactionMode.Mask => PersonalText.MaskEmail(value),
        RedactionMode.Remove => "[email removed]",
        _ => value,
    };

    private string Identifier(string value) => _options.Identifier switch
    {
        RedactionMode.Mask => value.Contains('@', StringComparison.Ordinal) ? PersonalText.MaskEmail(value) : PersonalText.MaskEnd(value),
        RedactionMode.Remove => "[identifier removed]",
        _ => FreeText(value),
    };

    private string FreeText(string value)
    {
        // Addresses first: a number may be part of one.
        var text = _options.Email is RedactionMode.Keep ? value : PersonalText.ReplaceEmails(value, Email);
        return Patterns(_options.Phone is RedactionMode.Keep ? text : PersonalText.ReplacePhones(text, Phone));
    }

    private string Patterns(string value) =>
        _patterns.Aggregate(value, (text, pattern) => pattern.Regex.Replace(text, pattern.Replacement));

    private static bool IsStructural(string key) =>
        Structural.Contains(key) || EndsWith(key, "_id") || EndsWith(key, "_at") || EndsWith(key, "_type");

    private static bool IsPhone(string key) => EndsWith(key, "phone_number") || EndsWith(key, "phone") || Is(key, "outbound_number");

    private static bool Is(string key, string word) => key.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool EndsWith(string key, string word) => key.EndsWith(word, StringComparison.OrdinalIgnoreCase);
}
