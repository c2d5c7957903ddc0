namespace CrmSync.Core.Deliveries;

/// <summary>A connector whose CRM tells in its answers how much of a quota is used.</summary>
public interface IQuotaTold
{
    /// <summary>As the last answer said; null before the first one.</summary>
    QuotaReading? Quota { get; }
}

/// <param name="Used">API calls by everybody who uses the account, not by CrmSync alone.</param>
/// <param name="Share">The part of <paramref name="Max"/> up to which CrmSync goes on, 0 to 1.</param>
public sealed record QuotaReading(long Used, long Max, double Share, QuotaPeriod Period);

public enum QuotaPeriod
{
    Minute,
    Day,
}
