using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CrmSync.Mail.Mime;

/// <summary>One mail address, already checked: it can be written into a header or an SMTP command as it is.</summary>
/// <remarks>
/// Stricter than RFC 5321 section 4.1.2 on purpose: only dot-atom local parts in ASCII, so that no quoting, source route or
/// control character can ever reach a command line. Domains in other scripts become A-labels.
/// </remarks>
public sealed record Mailbox
{
    private const int LocalPartMax = 64;
    private const int DomainMax = 253;
    private const int LabelMax = 63;
    private const string AtextSpecials = "!#$%&'*+-/=?^_`{|}~";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private Mailbox(string? displayName, string localPart, string domain)
    {
        DisplayName = displayName;
        LocalPart = localPart;
        Domain = domain;
    }

    /// <summary>The name shown beside the address, in any script; null when there is none.</summary>
    public string? DisplayName { get; }

    public string LocalPart { get; }

    /// <summary>Lower-case ASCII, e.g. <c>xn--bcher-kva.example</c>.</summary>
    public string Domain { get; }

    public string Address => $"{LocalPart}@{Domain}";

    /// <summary>Reads <c>user@host</c> or <c>Name &lt;user@host&gt;</c>.</summary>
    /// <exception cref="FormatException">The text is not one address; the message never repeats it.</exception>
    public static Mailbox Parse(string text) =>
        TryParse(text, out var mailbox) ? mailbox : throw new FormatException("Not a mail address of the form user@host.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = null;
        if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl))
        {
            return false;
        }

        var (name, address) = Split(text.Trim(' '));
        var at = address.LastIndexOf('@');
        if (at < 1 || !IsLocalPart(address[..at]) || ToAscii(address[(at + 1)..]) is not { } domain)
        {
            return false;
        }

        mailbox = new Mailbox(name, address[..at], domain);
        return true;
    }

    /// <summary>Mailboxes are the same when mail to them arrives at the same place: display names and letter case do not count.</summary>
    public bool Reaches(Mailbox other) => string.Equals(Address, other.Address, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => "[mailbox]";

    private static (string? Name, string Address) Split(string text)
    {
        var open = text.LastIndexOf('<');
        if (open < 0 || text[^1] != '>')
        {
            return (null, text);
        }

        var name = HeaderText.Clean(text[..open]).Trim('"').Trim();
        return (name.Length == 0 ? null : name, text[(open + 1)..^1]);
    }

    private static bool IsLocalPart(string local) =>
        local.Length <= LocalPartMax
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || AtextSpecials.Contains(c)));

    private static string? ToAscii(string domain)
    {
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            return ascii.Length <= DomainMax && ascii.Split('.').All(IsLabel) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LabelMax
        && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
