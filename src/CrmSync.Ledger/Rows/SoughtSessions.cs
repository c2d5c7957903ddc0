using System.Text.Json;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Rows;

/// <summary>What a search text may mean, as parameters, and the select of the sessions it leads to.</summary>
internal sealed class SoughtSessions
{
    /// <summary>Salesforce ids of 15 characters begin the same record's id of 18.</summary>
    private const int ShortIdLength = 15;

    /// <summary>More words than this narrow nothing down any more.</summary>
    private const int GroupsMax = 6;

    private readonly SearchText _text;
    private readonly SqlDialect _dialect;
    private readonly List<string> _groups;

    private SoughtSessions(SearchText text, IReadOnlyList<string> tickets, List<string> groups, SqlDialect dialect)
    {
        _dialect = dialect;
        _text = text;
        _groups = groups;
        Tickets = JsonSerializer.Serialize([.. tickets], LedgerJson.Default.ListString);
    }

    public string Text => _text.Ticket;

    public long? Number => _text.Number;

    public string? SoughtKind => _text.Kind;

    public string? Instance => _text.Instance;

    public string Tickets { get; }

    public string? Terms0 => _groups.ElementAtOrDefault(0);

    public string? Terms1 => _groups.ElementAtOrDefault(1);

    public string? Terms2 => _groups.ElementAtOrDefault(2);

    public string? Terms3 => _groups.ElementAtOrDefault(3);

    public string? Terms4 => _groups.ElementAtOrDefault(4);

    public string? Terms5 => _groups.ElementAtOrDefault(5);

    public string IdsSql =>
        $"""
        select id from session where number = @Number and (@SoughtKind is null or kind = @SoughtKind) and (@Instance is null or instance = @Instance)
        union
        select r.session_id from revision r where r.out_ticket in {_dialect.Texts("@Tickets")}
        union
        select d.session_id from delivery d where d.ticket_id in {_dialect.Texts("@Tickets")}
        {TermsSql}
        """;

    private string TermsSql => _groups.Count == 0 ? string.Empty
        : $"union select session_id from ({string.Join(" intersect ", _groups.Select((_, i) => $"select session_id from session_term where term in {_dialect.Numbers($"@Terms{i}")}"))}) people";

    /// <param name="token">The keyed hash of a term.</param>
    public static SoughtSessions Read(string text, Func<SearchTerm, long> token, SqlDialect dialect)
    {
        var groups = SearchTerms.Sought(text).Take(GroupsMax)
            .Select(group => JsonSerializer.Serialize(group.Select(token).ToList(), LedgerJson.Default.ListInt64))
            .ToList();
        return new SoughtSessions(SearchText.Read(text), TicketsOf(text), groups, dialect);
    }

    // As typed, as the platform would have cleaned it, and as a connector may have spelled it.
    private static List<string> TicketsOf(string text)
    {
        var typed = text.Trim();
        var candidates = OutTicket.From(typed, null)?.Candidates ?? [];
        return
        [
            .. candidates.Append(typed)
                .SelectMany(ticket => ticket.Length == ShortIdLength + 3 ? new[] { ticket, ticket[..ShortIdLength] } : [ticket])
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
