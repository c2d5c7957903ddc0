namespace CrmSync.Ledger;

/// <summary>How a restored ledger is told that it does not know the latest. Both stores understand it.</summary>
internal static class ReconcileSql
{
    /// <param name="unclaimed">Sets the columns of a claim to null, as the store has them.</param>
    public static string DoubtWhatWaits(string unclaimed) =>
        $"""
        update delivery set
            state = 'in_doubt', may_have_arrived = true, due_at = @now, {unclaimed}, token = token + 1, probes = 0, changed_at = @now,
            reason = @restored, message = 'It may have been delivered between the backup and its restore.', crm_code = null
        where state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing')
        """;

    /// <summary>Somebody may have brought them back since; should somebody do so now, they are asked after.</summary>
    public const string DoubtWhatRests = "update delivery set may_have_arrived = true where state in ('parked', 'failed', 'skipped', 'cancelled')";

    public const string EndAttempts =
        """
        update attempt set ended_at = @now, outcome = 'Died', reason = @restored, message = 'The ledger was restored to the middle of this attempt.'
        where outcome is null
        """;

    public const string Note = "update installation set restored_at = @now";
}
