namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    private const int LivesMax = 3;

    /// <summary>
    /// Takes deliveries back from whoever held them: at the start from the life before this one (<paramref name="connector"/> is null), later
    /// from a claim whose lease ran out.
    /// </summary>
    /// <remarks>reliable-delivery rule: what was being sent becomes in doubt, never ready. What was only read about may simply be claimed again.</remarks>
    private async Task<RecoveryReport> ReclaimAsync(LedgerTransaction transaction, string? connector)
    {
        const string Lost = "lease_until is not null and (@connector is null or connector = @connector and lease_until <= @now)";
        const string EndAttempts =
            $"""
            update attempt set ended_at = @now, outcome = 'Died', reason = @died, message = 'The worker stopped before it wrote down what came of it.'
            where outcome is null and delivery_id in (select id from delivery where {Lost})
            """;
        const string Return =
            $"""
            update delivery set
                state = case when lives + 1 >= @livesMax then 'parked' when state = 'resolving' then 'ready' else 'in_doubt' end,
                may_have_arrived = state <> 'resolving',
                due_at = case state when 'sending' then @now + settle_ms else @now end,
                probes = case state when 'probing' then max(probes - 1, 0) else probes end,
                reason = case when lives + 1 >= @livesMax then @crashLoop when state = 'sending' then @died else reason end,
                message = case when lives + 1 >= @livesMax then 'The worker died ' || (lives + 1) || ' times while it held this delivery.'
                               when state = 'sending' then 'The worker stopped while it was sending.' else message end,
                crm_code = case when lives + 1 >= @livesMax or state = 'sending' then null else crm_code end,
                lives = lives + 1, token = token + 1, lease_until = null, changed_at = @now
            where {Lost}
            returning state
            """;
        var parameters = new
        {
            connector,
            now = Now,
            livesMax = LivesMax,
            died = ReasonCodes.WorkerDied.Code,
            crashLoop = ReasonCodes.CrashLoop.Code,
        };
        await transaction.ExecuteAsync(EndAttempts, parameters);
        var states = (await transaction.ListAsync<string>(Return, parameters)).ConvertAll(Words.State);
        return new RecoveryReport(
            states.Count(state => state is DeliveryState.InDoubt),
            states.Count(state => state is DeliveryState.Ready),
            states.Count(state => state is DeliveryState.Parked));
    }
}
