using System.Text.Json;

namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    internal const string ReclaimExpiredSql =
        $"{ReturnSql} where connector = @connector and state in ('resolving', 'sending', 'probing') and lease_until <= @now returning id, state";

    private const string ReclaimAllSql = $"{ReturnSql} where state in ('resolving', 'sending', 'probing') returning id, state";

    private const string ReturnSql =
        """
        update delivery set
            state = case when lives + case state when 'sending' then @sending else @inHand end >= @enough then 'parked'
                         when state = 'resolving' then 'ready' else 'in_doubt' end,
            may_have_arrived = state <> 'resolving',
            due_at = case state when 'sending' then @now + settle_ms else @now end,
            probes = case state when 'probing' then max(probes - 1, 0) else probes end,
            reason = case when lives + case state when 'sending' then @sending else @inHand end >= @enough then @crashLoop
                          when state = 'sending' then @died else reason end,
            message = case when lives + case state when 'sending' then @sending else @inHand end >= @enough
                           then 'The worker died again and again while it held this delivery.'
                           when state = 'sending' then 'The worker stopped while it was sending.' else message end,
            crm_code = case when lives + case state when 'sending' then @sending else @inHand end >= @enough or state = 'sending'
                            then null else crm_code end,
            lives = lives + case state when 'sending' then @sending else @inHand end, token = token + 1, lease_until = null, changed_at = @now
        """;

    private const string EndAttemptsSql =
        """
        update attempt set ended_at = @now, outcome = 'Died', reason = @died, message = 'The worker stopped before it wrote down what came of it.'
        where outcome is null and delivery_id in (select value from json_each(@ids))
        """;

    /// <summary>
    /// Takes deliveries back from whoever held them: at the start from the life before this one (<paramref name="connector"/> is null), later
    /// from a claim whose lease ran out.
    /// </summary>
    /// <remarks>What was being sent becomes in doubt, never ready. What was only read about may simply be claimed again.</remarks>
    private async Task<RecoveryReport> ReclaimAsync(LedgerTransaction transaction, string? connector)
    {
        var (now, died) = (Now, ReasonCodes.WorkerDied.Code);
        var lost = await transaction.ListAsync<LostRow>(
            connector is null ? ReclaimAllSql : ReclaimExpiredSql,
            new
            {
                connector,
                now,
                died,
                crashLoop = ReasonCodes.CrashLoop.Code,
                sending = Deaths.WhileSending,
                inHand = Deaths.InHand,
                enough = Deaths.Enough,
            });
        if (lost.Count > 0)
        {
            var ids = JsonSerializer.Serialize(lost.ConvertAll(row => row.Id), LedgerJson.Default.ListInt64);
            await transaction.ExecuteAsync(EndAttemptsSql, new { now, died, ids });
        }

        return new RecoveryReport(Count(DeliveryState.InDoubt), Count(DeliveryState.Ready), Count(DeliveryState.Parked));

        int Count(DeliveryState state) => lost.Count(row => row.State == state.Word());
    }

    private sealed class LostRow
    {
        public long Id { get; init; }

        public string State { get; init; } = "";
    }
}
