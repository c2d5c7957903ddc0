using System.Globalization;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CrmSync.Console.Views;

/// <summary>What the list of sessions shows, as its address says it: a filter can be bookmarked and sent to a colleague.</summary>
public sealed record SessionFilter
{
    public const string Path = "/sessions";
    private const int PageSize = 50;

    public static readonly IReadOnlyList<StateGroup> Groups =
    [
        new("waiting", DeliveryState.Ready, DeliveryState.Resolving, DeliveryState.Sending, DeliveryState.InDoubt, DeliveryState.Probing),
        new("person", DeliveryState.Parked, DeliveryState.Failed),
        new("doubt", DeliveryState.InDoubt, DeliveryState.Probing),
        new("delivered", DeliveryState.Delivered),
        new("skipped", DeliveryState.Skipped),
        new("superseded", DeliveryState.Superseded),
        new("cancelled", DeliveryState.Cancelled),
    ];

    public string? Text { get; init; }

    /// <summary>A name of <see cref="Groups"/>.</summary>
    public string? State { get; init; }

    public string? Reason { get; init; }

    public string? Connector { get; init; }

    public string? Status { get; init; }

    public string? Kind { get; init; }

    public string? Queue { get; init; }

    /// <summary>First day, in the console's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? To { get; init; }

    public string? After { get; init; }

    /// <summary>Whether anything but the page is asked for.</summary>
    public bool IsNarrowed => this with { After = null } != new SessionFilter();

    /// <summary>Filters beside the search text.</summary>
    public int Narrowings => new object?[] { State, Reason, Connector, Status, Kind, Queue, From, To }.Count(value => value is not null);

    /// <summary>Reads a query string; what it does not understand it leaves out.</summary>
    public static SessionFilter Read(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } full ? full.Query : string.Empty);
        return new SessionFilter
        {
            Text = Word("q"),
            State = Groups.Any(group => group.Name == Word("state")) ? Word("state") : null,
            Reason = Word("reason"),
            Connector = Word("connector"),
            Status = Word("status"),
            Kind = Word("kind") is "call" or "chat" ? Word("kind") : null,
            Queue = Word("queue"),
            From = Day("from"),
            To = Day("to"),
            After = SessionCursor.TryParse(Word("after"))?.ToString(),
        };

        string? Word(string name) => query.TryGetValue(name, out StringValues values) && !string.IsNullOrWhiteSpace(values[0]) ? values[0]!.Trim() : null;

        DateOnly? Day(string name) => DateOnly.TryParseExact(Word(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    public string ToAddress() => QueryHelpers.AddQueryString(Path, Parts().Where(part => !string.IsNullOrEmpty(part.Value)));

    /// <summary>The address of the list narrowed to deliveries that need a person for this reason.</summary>
    public static string AddressOf(string state, string? connector = null, string? reason = null) =>
        new SessionFilter { State = state, Connector = connector, Reason = reason }.ToAddress();

    public SessionQuery ToQuery(Times times) => new()
    {
        Text = Text,
        States = Groups.FirstOrDefault(group => group.Name == State)?.States ?? [],
        Reason = Reason,
        Connector = Connector,
        Status = Status,
        Kind = Kind switch { "call" => SessionKind.Call, "chat" => SessionKind.Chat, _ => null },
        Queue = Queue,
        From = From is { } from ? times.StartOf(from) : null,
        To = To is { } to && to < DateOnly.MaxValue ? times.StartOf(to.AddDays(1)) : null,
        After = SessionCursor.TryParse(After),
        Take = PageSize,
    };

    private IEnumerable<KeyValuePair<string, string?>> Parts() =>
    [
        new("q", Text),
        new("state", State),
        new("reason", Reason),
        new("connector", Connector),
        new("status", Status),
        new("kind", Kind),
        new("queue", Queue),
        new("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("after", After),
    ];
}

/// <summary>Delivery states that people ask for together.</summary>
public sealed record StateGroup(string Name, params IReadOnlyList<DeliveryState> States);
