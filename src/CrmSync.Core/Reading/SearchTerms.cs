using System.Globalization;
using System.Text;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Reading;

/// <summary>What of a person a session can be found by.</summary>
public enum SearchField
{
    /// <summary>A word of an agent's name, or the whole mail address.</summary>
    Agent,

    /// <summary>The last 4, 5, 6 or 7 digits of a customer's number.</summary>
    Phone,

    /// <summary>A customer's whole mail address.</summary>
    Customer,
}

/// <summary>One thing to find a session by, normalised. Personal: a ledger keeps no more than a keyed hash of it.</summary>
public sealed record SearchTerm(SearchField Field, string Value);

/// <summary>Names, numbers and addresses of a session as terms, and what somebody typed as the terms it may mean.</summary>
public static class SearchTerms
{
    private const int DigitsMin = 4;
    private const int DigitsMax = 7;
    private const int WordMin = 2;

    /// <summary>A conference with a hundred people must not make a hundred rows.</summary>
    private const int TermsMax = 40;

    /// <summary>What a session is found by. The number the customer called is none: every session has it.</summary>
    public static IReadOnlyList<SearchTerm> Of(SessionMetadata session) =>
    [
        .. Phones(session).SelectMany(PhoneTerms)
            .Concat(Names(session).SelectMany(Words).Select(word => new SearchTerm(SearchField.Agent, word)))
            .Concat(Emails(session).Select(email => new SearchTerm(SearchField.Agent, Email(email))))
            .Concat(CustomerEmails(session).Select(email => new SearchTerm(SearchField.Customer, Email(email))))
            .Distinct()
            .Take(TermsMax),
    ];

    /// <summary>
    /// Groups of terms: a session fits when it has one term of each group. Empty when the text cannot be about a person.
    /// </summary>
    /// <remarks>A number fits by its last seven digits at most, with or without its country code.</remarks>
    public static IReadOnlyList<IReadOnlyList<SearchTerm>> Sought(string text)
    {
        var typed = text.Trim();
        if (typed.Contains('@', StringComparison.Ordinal))
        {
            return [[new SearchTerm(SearchField.Agent, Email(typed)), new SearchTerm(SearchField.Customer, Email(typed))]];
        }

        if (typed.Any(char.IsAsciiDigit))
        {
            var digits = Digits(typed);
            return digits.Length >= DigitsMin && !typed.Any(char.IsLetter)
                ? [[new SearchTerm(SearchField.Phone, digits[^Math.Min(digits.Length, DigitsMax)..])]]
                : [];
        }

        return [.. Words(typed).Select(word => new[] { new SearchTerm(SearchField.Agent, word) })];
    }

    private static IEnumerable<SearchTerm> PhoneTerms(string phone)
    {
        var digits = Digits(phone);
        for (var last = DigitsMin; last <= Math.Min(digits.Length, DigitsMax); last++)
        {
            yield return new SearchTerm(SearchField.Phone, digits[^last..]);
        }
    }

    private static IEnumerable<string> Phones(SessionMetadata session) => session.Participants
        .Where(party => party.IsEndUser)
        .Select(party => party.PhoneNumber)
        .Append(session.EndUser?.Identifier)
        .Append(session.OutboundNumber)
        .OfType<string>()
        .Where(number => !number.Any(char.IsLetter));

    private static IEnumerable<string> Names(SessionMetadata session) => session.Participants
        .Where(party => party.IsAgent)
        .Select(party => party.Name)
        .Concat(session.Transfers.SelectMany(transfer => new[] { transfer.FromAgent, transfer.ToAgent }).Select(agent => agent?.Name))
        .Concat(session.Dispositions.Select(disposition => disposition.AgentName))
        .Append(session.AgentInfo?.Name)
        .OfType<string>();

    private static IEnumerable<string> Emails(SessionMetadata session) => session.Participants
        .Where(party => party.IsAgent)
        .Select(party => party.Email)
        .Append(session.AgentInfo?.Email)
        .OfType<string>();

    private static IEnumerable<string> CustomerEmails(SessionMetadata session) => session.Participants
        .Where(party => party.IsEndUser)
        .Select(party => party.Email)
        .Append(session.EndUser?.Identifier)
        .OfType<string>()
        .Where(identifier => identifier.Contains('@', StringComparison.Ordinal));

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    private static string Email(string text) => text.Trim().ToLowerInvariant();

    // "Núñez-Prado" is found by nunez and by prado.
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in WellFormed(text).Normalize(NormalizationForm.FormKD).Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark and not UnicodeCategory.Surrogate)
            {
                if (word.Length >= WordMin)
                {
                    yield return word.ToString();
                }

                word.Clear();
            }
        }
    }

    // A lone half of a surrogate pair cannot be normalised.
    private static string WellFormed(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
