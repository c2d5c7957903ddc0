namespace CrmSync.Simulators.Zendesk;

/// <summary>How the simulated account is set up.</summary>
public sealed record ZendeskSettings
{
    public IReadOnlyList<ZendeskOAuthClient> Clients { get; init; } = [new("crmsync", "sim-secret")];

    /// <summary>Accepted as <c>Basic email/token:…</c>; null for an account made after API tokens were retired.</summary>
    public string? ApiToken { get; init; } = "sim-api-token";

    /// <summary>Tickets that exist from the start.</summary>
    public IReadOnlyList<long> Tickets { get; init; } = [];

    public IReadOnlyList<ZendeskUser> Users { get; init; } = [];

    /// <summary>Which tickets the user behind the credentials may see: <c>groups</c>, <c>assigned</c> ...; null: all.</summary>
    public string? OwnerRestriction { get; init; }

    public IReadOnlyList<ZendeskField> Fields { get; init; } = [];

    /// <summary>How long a job stays queued. Default: it is done by the next request.</summary>
    public TimeSpan JobDelay { get; init; }

    /// <summary>A refused update uses its uploads up all the same. Zendesk does not say whether it does; default false.</summary>
    public bool RefusalsSpendUploads { get; init; }

    /// <summary>Endings of file names that the account takes, e.g. <c>.txt</c>; empty: all (Admin Center, "Allowed file types").</summary>
    public IReadOnlyList<string> FileTypes { get; init; } = [];

    /// <summary>Default: none, so that demos and benchmarks run at the speed of the machine.</summary>
    public ZendeskLimits Limits { get; init; } = ZendeskLimits.None;
}

/// <summary>Requests allowed; null is without limit.</summary>
/// <param name="AccountPerMinute">Every API request of the account.</param>
/// <param name="UpdatesPerMinute">Update Ticket, per account, whatever the plan.</param>
/// <param name="UpdatesPerTicket">Updates of one ticket by one user in ten minutes.</param>
/// <param name="JobsInFlight">Bulk jobs queued or running at the same time.</param>
public sealed record ZendeskLimits(int? AccountPerMinute, int? UpdatesPerMinute, int? UpdatesPerTicket, int? JobsInFlight)
{
    public static ZendeskLimits None { get; } = new(null, null, null, ZendeskJobs.InFlightMax);

    public static ZendeskLimits Team { get; } = new(200, 100, 30, ZendeskJobs.InFlightMax);

    public static ZendeskLimits Professional { get; } = new(400, 100, 30, ZendeskJobs.InFlightMax);

    public static ZendeskLimits Enterprise { get; } = new(700, 100, 30, ZendeskJobs.InFlightMax);

    public static ZendeskLimits HighVolume { get; } = new(2_500, 300, 30, ZendeskJobs.InFlightMax);
}
