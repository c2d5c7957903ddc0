using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Reading;

/// <summary>Which sessions somebody looks for. Everything that is set has to fit.</summary>
public sealed record SessionQuery
{
    public const int TakeMax = 200;

    /// <summary>
    /// As typed: a session's number or key, a ticket, the last four digits of a telephone number or more, a mail address, an agent's
    /// name, or a part of a queue's name.
    /// </summary>
    public string? Text { get; init; }

    public SessionKind? Kind { get; init; }

    /// <summary>As the platform writes it, e.g. <c>finished</c>.</summary>
    public string? Status { get; init; }

    public string? Queue { get; init; }

    /// <summary>Sessions with a delivery to this connector.</summary>
    public string? Connector { get; init; }

    /// <summary>Sessions with a delivery in one of these states; empty for any.</summary>
    public IReadOnlyList<DeliveryState> States { get; init; } = [];

    /// <summary>Sessions with a delivery that has this reason code.</summary>
    public string? Reason { get; init; }

    /// <summary>Ended at or after this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Ended before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where the last page ended; null for the first page.</summary>
    public SessionCursor? After { get; init; }

    /// <summary>Sessions on a page, at most <see cref="TakeMax"/>.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Whether anything about deliveries is asked for.</summary>
    public bool NamesDelivery => Connector is not null || States.Count > 0 || Reason is not null;
}

/// <summary>A place in the list of sessions, which stays where it is while new ones come in.</summary>
/// <param name="HappenedAt">When the session there ended.</param>
/// <param name="Id">The ledger's number of it.</param>
public sealed record SessionCursor(DateTimeOffset HappenedAt, long Id)
{
    /// <summary>For an address: <c>1772442000000-135</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{HappenedAt.ToUnixTimeMilliseconds()}-{Id}");

    /// <summary>Null for anything that <see cref="ToString"/> did not write.</summary>
    public static SessionCursor? TryParse(string? text)
    {
        var hyphen = text?.LastIndexOf('-') ?? -1;
        return hyphen > 0
            && long.TryParse(text.AsSpan(0, hyphen), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at)
            && long.TryParse(text.AsSpan(hyphen + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? new SessionCursor(DateTimeOffset.FromUnixTimeMilliseconds(at), id)
                : null;
    }
}

/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record SessionPage(IReadOnlyList<SessionSummary> Sessions, SessionCursor? Next);

/// <summary>A session as a list shows it.</summary>
/// <param name="Revision">The current one.</param>
/// <param name="HappenedAt">When it ended, as far as its file says.</param>
/// <param name="Deliveries">Of all revisions, oldest first.</param>
public sealed record SessionSummary(
    SessionKey Session,
    int Revision,
    DateTimeOffset HappenedAt,
    SessionFacts Facts,
    IReadOnlyList<Delivery> Deliveries);
