namespace CrmSync.Core.Deliveries;

/// <summary>Section <c>Delivery</c>: how due deliveries are worked off, for all connectors.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Delay before the second try; each further one is <see cref="RetryFactor"/> times longer, drawn at random below that. Default 5 seconds.</summary>
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Default 2.5.</summary>
    public double RetryFactor { get; set; } = 2.5;

    /// <summary>No delay is longer, unless the CRM asks for it. Default 1 hour.</summary>
    public TimeSpan RetryCap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A delivery is given up this long after it was due first. Default 72 hours, which covers a weekend.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How long a session may be without its ticket before it counts as missing. Default 24 hours.</summary>
    public TimeSpan TicketWait { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a connector pauses after bad credentials, a missing right or a spent quota, before it tries one delivery; doubles while
    /// that lasts. Default 5 minutes.
    /// </summary>
    public TimeSpan HaltedPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>No such pause is longer, unless the CRM asks for it. Default 1 hour.</summary>
    public TimeSpan HaltedPauseCap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a claim holds before another worker may take it. Must exceed the slowest CRM call. Default 5 minutes.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a connector is asked for due deliveries when nothing woke it. Default 30 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);
}
