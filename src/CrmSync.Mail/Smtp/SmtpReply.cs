using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CrmSync.Mail.Smtp;

/// <summary>A server's answer: one code, one or more lines (RFC 5321 section 4.2).</summary>
/// <param name="Lines">The texts without code, separator and enhanced code; at least one, perhaps empty.</param>
/// <param name="Enhanced">The enhanced status code, when the server gave one that agrees with the code.</param>
public sealed record SmtpReply(int Code, IReadOnlyList<string> Lines, EnhancedCode? Enhanced)
{
    public bool IsPositive => Code / 100 == 2;

    public bool IsIntermediate => Code / 100 == 3;

    public bool IsTransient => Code / 100 == 4;

    public bool IsPermanent => Code / 100 == 5;

    /// <summary>All lines in one, for people. It may hold addresses: not for logs.</summary>
    public string Text => string.Join(' ', Lines);

    /// <summary>The codes alone, e.g. <c>550 5.1.1</c>: safe for logs and labels.</summary>
    public override string ToString() => Enhanced is { } enhanced ? $"{Code} {enhanced}" : $"{Code}";
}

/// <summary>RFC 3463 status, e.g. 5.7.8.</summary>
public sealed record EnhancedCode(int Class, int Subject, int Detail)
{
    /// <summary>Reads a code at the start of <paramref name="text"/>; <paramref name="rest"/> is what follows it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EnhancedCode? code, out string rest)
    {
        code = null;
        rest = text;
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var parts = (end < 0 ? text : text[..end]).Split('.');
        if (parts.Length != 3
            || parts[0] is not ("2" or "4" or "5")
            || !IsNumber(parts[1], out var subject)
            || !IsNumber(parts[2], out var detail))
        {
            return false;
        }

        code = new EnhancedCode(parts[0][0] - '0', subject, detail);
        rest = end < 0 ? string.Empty : text[(end + 1)..];
        return true;
    }

    public bool Is(int @class, int subject, int detail) => this == new EnhancedCode(@class, subject, detail);

    public override string ToString() => $"{Class}.{Subject}.{Detail}";

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= 3;
}
