namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    private const string BeginSql =
        """
        update delivery set
            state = 'sending', lane = @Lane, ticket_type = @RecordType, ticket_id = @RecordId, ticket_url = @Url,
            attempts = attempts + (state = 'probing'), probes = 0, settle_ms = @settle,
            first_sent_at = coalesce(first_sent_at, @now), changed_at = @now
        where id = @DeliveryId and token = @Token and state in ('resolving', 'probing')
        and not exists (
            select 1 from delivery p
            where p.connector = delivery.connector and p.lane = @Lane and p.state in ('resolving', 'sending', 'probing') and p.id <> delivery.id)
        """;

    private const string StepBackSql =
        """
        update delivery set
            state = case state when 'resolving' then 'ready' else 'in_doubt' end,
            attempts = attempts - (state = 'resolving'), probes = probes - (state = 'probing'),
            lane = @Lane, due_at = @now, lease_until = null, changed_at = @now,
            reason = @reason, message = 'Another delivery to the same record is under way.', crm_code = null
        where id = @DeliveryId and token = @Token and state in ('resolving', 'probing')
        """;

    // A probe spends no attempt, so none is given back for it.
    private const string SettleSql =
        """
        update delivery set
            state = @State, due_at = coalesce(@Now + @Wait, due_at), may_have_arrived = coalesce(@MayHaveArrived, may_have_arrived),
            attempts = case when state = 'probing' then attempts else max(attempts - @Refund, 0) end,
            lives = 0, lease_until = null, changed_at = @Now, delivered_at = @DeliveredAt,
            reason = @Reason, message = @Message, crm_code = @CrmCode,
            lane = coalesce(@Lane, lane), ticket_type = coalesce(@TicketType, ticket_type), ticket_id = coalesce(@TicketId, ticket_id),
            ticket_url = case when @TicketId is null then ticket_url else @TicketUrl end,
            receipt_record = @ReceiptRecord, receipt_note = @ReceiptNote, receipt_file = @ReceiptFile, receipt_url = @ReceiptUrl,
            receipt_confirmed = @ReceiptConfirmed
        where id = @DeliveryId and token = @Token and state in ('resolving', 'sending', 'probing')
        """;

    private const string StartAttemptSql =
        """
        insert into attempt (delivery_id, number, phase, token, started_at)
        select @DeliveryId, coalesce(max(number), 0) + 1, 'send', @Token, @now from attempt where delivery_id = @DeliveryId
        """;

    private const string EndAttemptSql =
        """
        update attempt set ended_at = @now, outcome = @Outcome, took_ms = @took, reason = @reason, message = @message, crm_code = @crmCode
        where delivery_id = @DeliveryId and token = @Token and phase = 'send' and outcome is null
        """;

    private const string WholeAttemptSql =
        """
        insert into attempt (delivery_id, number, phase, token, started_at, ended_at, outcome, took_ms, reason, message, crm_code)
        select @DeliveryId, coalesce(max(number), 0) + 1, @phase, @Token, @now - @took, @now, @Outcome, @took, @reason, @message, @crmCode
        from attempt where delivery_id = @DeliveryId
        """;

    public async Task<IReadOnlySet<long>> BeginAsync(IReadOnlyList<AttemptStart> attempts, CancellationToken cancel) =>
        await Store.WriteAsync<IReadOnlySet<long>>(
            async transaction =>
            {
                var begun = new HashSet<long>();
                foreach (var attempt in attempts)
                {
                    if (await BeginAsync(transaction, attempt))
                    {
                        begun.Add(attempt.DeliveryId);
                    }
                }

                return begun;
            },
            cancel);

    public async Task<IReadOnlySet<long>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancel) =>
        await Store.WriteAsync<IReadOnlySet<long>>(
            async transaction =>
            {
                var stale = new HashSet<long>();
                foreach (var settlement in settlements)
                {
                    if (!await SettleAsync(transaction, settlement))
                    {
                        stale.Add(settlement.DeliveryId);
                    }
                }

                return stale;
            },
            cancel);

    private async Task<bool> BeginAsync(LedgerTransaction transaction, AttemptStart attempt)
    {
        var (ticket, now) = (attempt.Ticket, Now);
        var parameters = new
        {
            attempt.DeliveryId,
            attempt.Token,
            ticket.Lane,
            ticket.RecordType,
            ticket.RecordId,
            ticket.Url,
            now,
            settle = attempt.Settle.Ms(),
            reason = ReasonCodes.WaitsForLane.Code,
        };
        if (await transaction.ExecuteAsync(BeginSql, parameters) == 0)
        {
            await transaction.ExecuteAsync(StepBackSql, parameters);
            return false;
        }

        await transaction.ExecuteAsync(StartAttemptSql, parameters);
        return true;
    }

    private async Task<bool> SettleAsync(LedgerTransaction transaction, Settlement settlement)
    {
        var now = Now;
        if (await transaction.ExecuteAsync(SettleSql, SettledRow.Of(settlement, now)) == 0)
        {
            return false;
        }

        var fault = SettledRow.FaultOf(settlement.Verdict);
        var attempt = new
        {
            settlement.DeliveryId,
            settlement.Token,
            settlement.Outcome,
            now,
            phase = settlement.Phase.Word(),
            took = settlement.Took.Ms(),
            reason = fault?.Reason.Code,
            message = fault?.Message,
            crmCode = fault?.CrmCode,
        };
        if (settlement.Phase is not AttemptPhase.Send || await transaction.ExecuteAsync(EndAttemptSql, attempt) == 0)
        {
            await transaction.ExecuteAsync(WholeAttemptSql, attempt);
        }

        if (settlement.Verdict is Verdict.Divert(_, var to))
        {
            await DivertAsync(transaction, settlement.DeliveryId, to, now);
        }

        return true;
    }

    // The fallback may have this revision already: two connectors of one route can share it.
    private static async Task DivertAsync(LedgerTransaction transaction, long from, PlannedDelivery to, long now)
    {
        var row = await transaction.FirstAsync<RevisionOfDelivery>("select session_id as SessionId, revision from delivery where id = @from", new { from });
        await transaction.ExecuteAsync(PlanSql, PlannedRow.Of(row!.SessionId, row.Revision, to, now));
    }

    private sealed class RevisionOfDelivery
    {
        public long SessionId { get; init; }

        public int Revision { get; init; }
    }
}
