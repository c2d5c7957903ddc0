using System.Collections.Frozen;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Record ids: 15 case-sensitive letters and digits, or 18 with a checksum of the capitals. Three groups of five; bit k of a group is set
/// when its k-th character is A-Z; the number indexes <c>A-Z0-5</c>.
/// </summary>
internal static class SalesforceIds
{
    private const string ChecksumAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>Objects whose key prefix is the same in every org, as far as notes and files can hang on them.</summary>
    private static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["500"] = "Case",
        ["001"] = "Account",
        ["003"] = "Contact",
        ["00Q"] = "Lead",
        ["006"] = "Opportunity",
        ["0WO"] = "WorkOrder",
        ["0LQ"] = "VoiceCall",
        ["0Mw"] = "MessagingSession",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Things that can stand in a link without being the record it is about: user, org, profile, app, report, view, file.</summary>
    private static readonly FrozenSet<string> NoTargets = FrozenSet.Create(
        StringComparer.Ordinal, "005", "00D", "00e", "00O", "00B", "02u", "068", "069", "06A", "00a", "0D5", "00P", "01Q", "0PS");

    /// <summary>The 18-character form, or null when the text is no id. Capitals lost on the way are restored from the checksum.</summary>
    public static string? Normalize(string? text) => text switch
    {
        { Length: 15 } when text.All(char.IsAsciiLetterOrDigit) => text + Checksum(text),
        { Length: 18 } when text.All(char.IsAsciiLetterOrDigit) => Restore(text),
        _ => null,
    };

    /// <summary>The first three characters, which name the object.</summary>
    public static string PrefixOf(string id) => id[..3];

    /// <summary>The object's API name; null when the prefix differs from org to org.</summary>
    public static string? TypeOf(string id) => Prefixes.GetValueOrDefault(PrefixOf(id));

    /// <summary>Whether an id can be a record that notes hang on; it may still be one of a custom object.</summary>
    public static bool CanHoldNotes(string id) => !NoTargets.Contains(PrefixOf(id));

    private static string Checksum(ReadOnlySpan<char> id15)
    {
        Span<char> checksum = stackalloc char[3];
        for (var group = 0; group < checksum.Length; group++)
        {
            var bits = 0;
            for (var k = 0; k < 5; k++)
            {
                bits |= char.IsAsciiLetterUpper(id15[(group * 5) + k]) ? 1 << k : 0;
            }

            checksum[group] = ChecksumAlphabet[bits];
        }

        return new string(checksum);
    }

    private static string? Restore(string id18)
    {
        Span<char> letters = stackalloc char[15];
        for (var i = 0; i < letters.Length; i++)
        {
            var bits = ChecksumAlphabet.IndexOf(char.ToUpperInvariant(id18[15 + (i / 5)]), StringComparison.Ordinal);
            if (bits < 0)
            {
                return null;
            }

            letters[i] = ((bits >> (i % 5)) & 1) == 1 ? char.ToUpperInvariant(id18[i]) : char.ToLowerInvariant(id18[i]);
        }

        var restored = string.Concat(letters, Checksum(letters));
        return string.Equals(restored, id18, StringComparison.OrdinalIgnoreCase) ? restored : null;
    }
}
