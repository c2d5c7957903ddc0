namespace CrmSync.Jobs;

/// <summary>Section <c>Housekeeping</c>: what the ledger forgets, and when.</summary>
internal sealed class HousekeepingOptions
{
    public const string Section = "Housekeeping";

    /// <summary>How often old rows are removed. Default 1 hour.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Session files are forgotten this long after their last delivery ended. Default 30 days. Hashes and ids stay.</summary>
    public TimeSpan KeepFiles { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Ended deliveries are forgotten after this. Default 400 days: a file that is exported again within that time is known.</summary>
    public TimeSpan KeepRows { get; set; } = TimeSpan.FromDays(400);
}
