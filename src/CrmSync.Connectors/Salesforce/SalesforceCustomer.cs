using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What a session tells of the customer, in the forms that can be compared. Personal data: never logged.</summary>
/// <param name="ContactId">18 characters.</param>
/// <param name="Emails">In lower case.</param>
/// <param name="Phones">The last ten digits of each number.</param>
internal sealed record SalesforceCustomer(string? ContactId, IReadOnlySet<string> Emails, IReadOnlySet<string> Phones)
{
    private const int PhoneDigitsMin = 7;
    private const int PhoneDigitsKept = 10;

    /// <summary>Reads <c>end_user</c> and the customer's rows of <c>participants</c>, as far as <paramref name="by"/> asks for them.</summary>
    public static SalesforceCustomer Of(SessionMetadata session, IEnumerable<SalesforceLookupKey> by)
    {
        var keys = by.ToHashSet();
        var customers = session.Participants.Where(p => p.Type == "end_user").ToList();
        var said = customers.SelectMany(p => new[] { p.Email, p.PhoneNumber }).Append(session.EndUser?.Identifier).OfType<string>().ToList();
        return new SalesforceCustomer(
            keys.Contains(SalesforceLookupKey.Contact) && SalesforceIds.Normalize(session.EndUser?.OutContactId) is { } id && SalesforceIds.TypeOf(id) == "Contact" ? id : null,
            keys.Contains(SalesforceLookupKey.Email) ? said.Select(Email).OfType<string>().ToHashSet(StringComparer.Ordinal) : new HashSet<string>(StringComparer.Ordinal),
            keys.Contains(SalesforceLookupKey.Phone) ? said.Select(Phone).OfType<string>().ToHashSet(StringComparer.Ordinal) : new HashSet<string>(StringComparer.Ordinal));
    }

    /// <summary>Null when the text is no address.</summary>
    public static string? Email(string? text)
    {
        var email = text?.Trim().ToLowerInvariant();
        return email?.Split('@') is [{ Length: > 0 }, var domain] && domain.Contains('.', StringComparison.Ordinal) && !email.Any(char.IsWhiteSpace) ? email : null;
    }

    /// <summary>Null when the text is no number that tells people apart: withheld, an extension, a name.</summary>
    public static string? Phone(string? text)
    {
        if (text is null || text.Any(c => !char.IsAsciiDigit(c) && !"+()-./ \u00A0".Contains(c, StringComparison.Ordinal)))
        {
            return null;
        }

        var digits = string.Concat(text.Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.Length < PhoneDigitsMin ? null : digits[^Math.Min(PhoneDigitsKept, digits.Length)..];
    }
}
