using System.Globalization;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What a session's OutTicket says in Salesforce's terms. The list is closed.</summary>
internal abstract record SalesforceTarget
{
    private SalesforceTarget()
    {
    }

    /// <param name="Id">18 characters.</param>
    public sealed record Record(string Id) : SalesforceTarget;

    /// <param name="Number">As written, e.g. <c>00001026</c>; leading zeros are part of it.</param>
    public sealed record CaseNumber(string Number) : SalesforceTarget
    {
        /// <summary>The forms to look for: as written, and padded to eight digits as a new org numbers Cases.</summary>
        public IEnumerable<string> Spellings => new[] { Number, Number.PadLeft(8, '0') }.Distinct(StringComparer.Ordinal);

        /// <summary>The number without its zeros: two spellings of one Case are equal.</summary>
        public string Bare => Number.TrimStart('0').PadLeft(1, '0');
    }

    /// <summary>Neither an id nor a case number.</summary>
    public sealed record Unusable : SalesforceTarget;
}

/// <summary>Reads ids and case numbers out of what the contact centre wrote. No I/O.</summary>
internal static class SalesforceTargets
{
    private const int NumberDigitsMax = 12;

    public static SalesforceTarget Of(OutTicket ticket)
    {
        var candidates = ticket.Candidates.ToList();
        if (candidates.Select(SalesforceIds.Normalize).FirstOrDefault(id => id is not null && SalesforceIds.CanHoldNotes(id)) is { } record)
        {
            return new SalesforceTarget.Record(record);
        }

        return ticket.Id is { Length: > 0 and <= NumberDigitsMax } number && number.All(char.IsAsciiDigit)
            ? new SalesforceTarget.CaseNumber(number)
            : new SalesforceTarget.Unusable();
    }

    /// <summary>The lane before anything was looked up; null when there is nothing to look up.</summary>
    public static string? LaneOf(OutTicket? ticket) => ticket is null ? null : Of(ticket) switch
    {
        SalesforceTarget.Record(var id) => id,
        SalesforceTarget.CaseNumber number => string.Create(CultureInfo.InvariantCulture, $"case-number-{number.Bare}"),
        _ => null,
    };
}
