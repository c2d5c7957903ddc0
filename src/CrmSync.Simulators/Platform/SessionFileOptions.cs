using System.Globalization;
using CrmSync.Simulators.Salesforce;

namespace CrmSync.Simulators.Platform;

/// <summary>What a contact centre's day looks like. Shares run from 0 to 1.</summary>
public sealed record SessionFileOptions
{
    /// <summary>The same seed, options and clock give the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Sessions, not files: a re-exported session has two versions of one file.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Sessions that are chats; the rest are calls. Both number from <see cref="FirstId"/>, as the platform's sequences overlap.</summary>
    public double ChatShare { get; init; } = 0.3;

    /// <summary>Attended sessions that one agent hands to another; both leave a disposition.</summary>
    public double TransferShare { get; init; } = 0.2;

    /// <summary>Sessions written right after their end and again 15 to 20 minutes later, when wrap-up and CSAT are known.</summary>
    public double ReexportShare { get; init; } = 0.4;

    /// <summary>Sessions bound for a Zendesk ticket. What the three shares leave over is bound for a Salesforce case.</summary>
    public double ZendeskShare { get; init; } = 0.45;

    /// <summary>Sessions nobody handled (deflected, abandoned, unanswered): the platform makes no ticket for them.</summary>
    public double NoTicketExpectedShare { get; init; } = 0.06;

    /// <summary>Sessions an agent handled whose ticket never gets written.</summary>
    public double TicketMissingShare { get; init; } = 0.02;

    /// <summary>How many sessions one record gets, mixed with those of other records.</summary>
    public int SessionsPerTicket { get; init; } = 3;

    /// <summary>The platform instance; names the folder (<c>northgate.uc1</c>) and the mail domain of the agents.</summary>
    public string Instance { get; init; } = "northgate";

    public long FirstId { get; init; } = 40_001;

    /// <summary>How long before the clock's now the first session was. The rest follow evenly until two hours before now.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(2);

    /// <summary>The tenant's zone as the files write it.</summary>
    public TimeSpan Offset { get; init; } = TimeSpan.FromHours(-8);

    /// <summary>The 18-character id of the n-th case, n from 1. Default: an id of the right form with the right checksum.</summary>
    public Func<int, string> SalesforceCase { get; init; } = number => RecordId.Create("500", number);

    /// <summary>The id of the n-th ticket, n from 1.</summary>
    public Func<int, string> ZendeskTicket { get; init; } = number => (70_000 + number).ToString(CultureInfo.InvariantCulture);

    public Uri SalesforceAddress { get; init; } = new("https://northgate.my.salesforce.example/");

    public Uri ZendeskAddress { get; init; } = new("https://northgate.zendesk.example/");

    /// <summary>What is wrong with the values, or null.</summary>
    internal string? Complaint()
    {
        double[] shares = [ChatShare, TransferShare, ReexportShare, ZendeskShare, NoTicketExpectedShare, TicketMissingShare];
        return this switch
        {
            { Count: < 0 } => "Count must not be negative.",
            { SessionsPerTicket: < 1 } => "SessionsPerTicket must be at least 1.",
            _ when Span < TimeSpan.FromHours(3) => "Span must be at least 3 hours, so that the last session has settled.",
            _ when shares.Any(share => share is not (>= 0 and <= 1)) => "Shares run from 0 to 1.",
            _ when ZendeskShare + NoTicketExpectedShare + TicketMissingShare > 1 =>
                "ZendeskShare, NoTicketExpectedShare and TicketMissingShare must not exceed 1 together.",
            _ => null,
        };
    }
}
