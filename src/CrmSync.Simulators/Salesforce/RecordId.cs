using System.Diagnostics.CodeAnalysis;

namespace CrmSync.Simulators.Salesforce;

/// <summary>Record ids: 15 case-sensitive base62 characters, and 18 with a checksum of the capitals, which ignores case.</summary>
internal static class RecordId
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string ChecksumAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>The n-th id of an object: key prefix, a made-up instance, the number in base 62.</summary>
    public static string Create(string keyPrefix, long number)
    {
        Span<char> digits = stackalloc char[9];
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = Base62[(int)(number % 62)];
            number /= 62;
        }

        return To18($"{keyPrefix}SM0{digits}");
    }

    /// <summary>The 18-character form of either form; false for anything else, a wrong checksum included.</summary>
    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? id)
    {
        id = text switch
        {
            { Length: 15 } when text.All(char.IsAsciiLetterOrDigit) => To18(text),
            { Length: 18 } when text.All(char.IsAsciiLetterOrDigit) => WithCaseOfChecksum(text),
            _ => null,
        };
        return id is not null;
    }

    private static string To18(string id15)
    {
        Span<char> checksum = stackalloc char[3];
        for (var group = 0; group < 3; group++)
        {
            var bits = 0;
            for (var bit = 0; bit < 5; bit++)
            {
                bits |= char.IsAsciiLetterUpper(id15[(group * 5) + bit]) ? 1 << bit : 0;
            }

            checksum[group] = ChecksumAlphabet[bits];
        }

        return string.Concat(id15, checksum);
    }

    private static string? WithCaseOfChecksum(string id18)
    {
        Span<char> letters = stackalloc char[15];
        for (var i = 0; i < letters.Length; i++)
        {
            var bits = ChecksumAlphabet.IndexOf(char.ToUpperInvariant(id18[15 + (i / 5)]), StringComparison.Ordinal);
            letters[i] = (bits >> (i % 5) & 1) == 1 ? char.ToUpperInvariant(id18[i]) : char.ToLowerInvariant(id18[i]);
        }

        var restored = To18(new string(letters));
        return string.Equals(restored, id18, StringComparison.OrdinalIgnoreCase) ? restored : null;
    }
}
