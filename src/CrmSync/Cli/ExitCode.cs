namespace CrmSync.Cli;

/// <summary>What <c>crmsync</c> ends with; the same for every verb.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It ran, and something did not work: a delivery failed, a check found a problem, a session is unknown.</summary>
    public const int SomeFailed = 1;

    /// <summary>Wrong use or wrong settings; nothing was done.</summary>
    public const int WrongUse = 2;

    /// <summary>The worker or its ledger cannot be reached.</summary>
    public const int CannotReach = 3;
}
