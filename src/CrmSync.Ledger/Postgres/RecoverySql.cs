namespace CrmSync.Ledger.Postgres;

/// <summary>How a delivery comes back from a worker that lost it. A where clause follows.</summary>
internal static class RecoverySql
{
    /// <summary>What was being sent becomes in doubt, never ready. What was only read about may simply be claimed again.</summary>
    public const string Return =
        """
        update delivery set
            state = case when lives + case state when 'sending' then @sending else @inHand end >= @enough then 'parked'
                         when state = 'resolving' then 'ready' else 'in_doubt' end,
            may_have_arrived = state <> 'resolving',
            due_at = case state when 'sending' then now_ms() + settle_ms else now_ms() end,
            probes = case state when 'probing' then greatest(probes - 1, 0) else probes end,
            reason = case when lives + case state when 'sending' then @sending else @inHand end >= @enough then @crashLoop
                          when state = 'sending' then @died else reason end,
            message = case when lives + case state when 'sending' then @sending else @inHand end >= @enough
                           then 'The worker died again and again while it held this delivery.'
                           when state = 'sending' then 'The worker stopped while it was sending.' else message end,
            crm_code = case when lives + case state when 'sending' then @sending else @inHand end >= @enough or state = 'sending'
                            then null else crm_code end,
            lives = lives + case state when 'sending' then @sending else @inHand end,
            token = token + 1, owner = null, lease_until = null, changed_at = now_ms()
        """;

    public const string EndAttempts =
        """
        update attempt set ended_at = now_ms(), outcome = 'Died', reason = @died, message = 'The worker stopped before it wrote down what came of it.'
        where outcome is null
        """;
}
