namespace CrmSync.Core.Deliveries;

/// <summary>
/// From what a batch came to, to how its connector is doing: an outage then costs one call now and then instead of an attempt of
/// every delivery that waits.
/// </summary>
/// <remarks>
/// Pure. How long a connector pauses follows from how long it has been in trouble, which the ledger keeps: a restart neither forgets
/// an outage nor knocks anew at every start.
/// </remarks>
public static class Breaker
{
    /// <summary>Batches in a row that got no answer at all, after which the CRM counts as unreachable.</summary>
    public const int SilentBatchesMax = 5;

    /// <summary>CRMs have asked for days; more than this is not believed.</summary>
    private static readonly TimeSpan LongestWish = TimeSpan.FromHours(24);

    /// <summary>A CRM that asks for no wait at all is not taken at its word.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan OutageFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutageCap = TimeSpan.FromMinutes(5);

    /// <summary>What the CRM's answers to one batch say about the connector as a whole.</summary>
    /// <param name="silentBefore">Batches before this one, in a row, that got no answer.</param>
    public static ConnectorSign SignOf(IReadOnlyList<Outcome> outcomes, int silentBefore)
    {
        if (outcomes.OfType<Outcome.Halted>().FirstOrDefault() is { } halted)
        {
            return new ConnectorSign.Trouble(halted.Fault, IsHalt: true, outcomes.OfType<Outcome.Halted>().Max(h => h.NotBefore));
        }

        var outage = outcomes.OfType<Outcome.Deferred>().Where(deferred => !deferred.SpendsAttempt && !deferred.OthersGoOn).ToList();
        if (outage.Count > 0)
        {
            return new ConnectorSign.Trouble(outage[0].Fault, IsHalt: false, outage.Max(deferred => deferred.NotBefore));
        }

        var doubts = outcomes.OfType<Outcome.InDoubt>().ToList();
        return outcomes.Count > doubts.Count ? new ConnectorSign.Works()
            : doubts.Count == 0 ? new ConnectorSign.Nothing()
            : silentBefore + 1 < SilentBatchesMax ? new ConnectorSign.Silence()
            : new ConnectorSign.Trouble(doubts[0].Fault, IsHalt: false, null);
    }

    /// <summary>
    /// How long the connector pauses: as long as it has been in trouble already, which doubles from pause to pause, between the
    /// shortest and the longest pause of its kind; never shorter than the CRM asked for.
    /// </summary>
    /// <param name="since">When the trouble began; null when it begins now.</param>
    public static TimeSpan PauseFor(ConnectorSign.Trouble trouble, DateTimeOffset? since, DateTimeOffset now, DeliveryOptions options)
    {
        var (first, cap) = trouble.IsHalt ? (options.HaltedPause, options.HaltedPauseCap) : (OutageFirst, OutageCap);
        var lasted = now - (since ?? now);
        var ours = lasted < first ? first : lasted > cap ? cap : lasted;
        if (trouble.NotBefore is not { } wish)
        {
            return ours;
        }

        // A first "slow down" is obeyed to the letter; ours is for a CRM that names no time, or a wrong one.
        var least = since is null && !trouble.IsHalt ? ShortestPause : ours;
        return wish < least ? least : wish > LongestWish ? LongestWish : wish;
    }
}

/// <summary>What a batch says about its connector. The list is closed.</summary>
public abstract record ConnectorSign
{
    private ConnectorSign()
    {
    }

    /// <summary>The CRM answered about deliveries, whatever it said of each.</summary>
    public sealed record Works : ConnectorSign;

    /// <summary>The CRM was not asked anything.</summary>
    public sealed record Nothing : ConnectorSign;

    /// <summary>No answer came; one such batch may be chance.</summary>
    public sealed record Silence : ConnectorSign;

    /// <param name="IsHalt">Credentials, rights or quota: only a person or time mends it, so it is tried less often.</param>
    /// <param name="NotBefore">The CRM's own wish, if it gave one.</param>
    public sealed record Trouble(Fault Fault, bool IsHalt, TimeSpan? NotBefore) : ConnectorSign;
}
