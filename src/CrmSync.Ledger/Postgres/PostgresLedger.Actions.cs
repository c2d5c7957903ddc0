using System.Text.Json;
using Dapper;

namespace CrmSync.Ledger.Postgres;

public sealed partial class PostgresLedger
{
    // A person who retries what was held in doubt has looked: it is sent. Older revisions are not brought back behind a newer one.
    private const string RetrySql =
        """
        update delivery as d set
            state = case when may_have_arrived and reason is distinct from @heldInDoubt then 'in_doubt' else 'ready' end,
            may_have_arrived = may_have_arrived and reason is distinct from @heldInDoubt,
            due_at = now_ms(), first_due_at = now_ms(), changed_at = now_ms(), attempts = 0, probes = 0, lives = 0, token = token + 1
        where state in ('parked', 'failed', 'skipped', 'cancelled')
        and not exists (
            select 1 from delivery n
            where n.session_id = d.session_id and n.connector = d.connector and n.revision > d.revision
            and n.state not in ('skipped', 'cancelled') and not (d.may_have_arrived and n.state in ('ready', 'parked', 'failed')))
        """;

    private const string ParkSql =
        """
        update delivery as d set
            state = 'parked', token = token + 1, changed_at = now_ms(),
            reason = @parkedByPerson, message = 'Parked by ' || @actor || '.', crm_code = null
        where state in ('ready', 'in_doubt')
        """;

    // A token that was raised turns away the worker that was about to send.
    private const string CancelSql =
        """
        update delivery as d set
            state = 'cancelled', token = token + 1, owner = null, lease_until = null, changed_at = now_ms(),
            reason = @cancelledByPerson, message = 'Cancelled by ' || @actor || '.', crm_code = null
        where state in ('ready', 'resolving', 'in_doubt', 'probing', 'parked', 'failed')
        """;

    // The lane is known again once the connector has found the record.
    private const string SetTicketSql =
        """
        update delivery as d set
            ticket_by_hand = @ticket, state = 'ready', lane = null,
            due_at = now_ms(), first_due_at = now_ms(), changed_at = now_ms(), attempts = 0, probes = 0, lives = 0, token = token + 1
        where state in ('ready', 'parked', 'failed', 'skipped') and not may_have_arrived
        and not exists (
            select 1 from delivery n
            where n.session_id = d.session_id and n.connector = d.connector and n.revision > d.revision and n.state not in ('skipped', 'cancelled'))
        """;

    public Task<int> RetryAsync(DeliveryFilter which, Actor actor, CancellationToken cancel) => ActAsync("retry", RetrySql, which, actor, cancel);

    public Task<int> ParkAsync(DeliveryFilter which, Actor actor, CancellationToken cancel) => ActAsync("park", ParkSql, which, actor, cancel);

    public Task<int> CancelAsync(DeliveryFilter which, Actor actor, CancellationToken cancel) => ActAsync("cancel", CancelSql, which, actor, cancel);

    public Task<int> SetTicketAsync(DeliveryFilter which, string ticket, Actor actor, CancellationToken cancel) =>
        ActAsync("ticket_set", SetTicketSql, which, actor, cancel, PlainText.Of(ticket));

    private async Task<int> ActAsync(
        string action, string sql, DeliveryFilter which, Actor actor, CancellationToken cancel, string? ticket = null)
    {
        var filter = new FilterSql(which);
        var parameters = new DynamicParameters(filter);
        parameters.AddDynamicParams(new
        {
            actor = PlainText.Of(actor.Name),
            actor.Origin,
            action,
            ticket,
            heldInDoubt = ReasonCodes.HeldInDoubt.Code,
            parkedByPerson = ReasonCodes.ParkedByPerson.Code,
            cancelledByPerson = ReasonCodes.CancelledByPerson.Code,
            filter = JsonSerializer.Serialize(which, LedgerJson.Default.DeliveryFilter),
        });
        var changed = await _store.SendAsync(
            command => command.FirstAsync<int>(
                $"""
                with changed as (
                    {sql} and {filter.Where} returning id),
                written as (
                    insert into audit (at, actor, origin, action, detail, filter, deliveries)
                    select now_ms(), @actor, cast(@Origin as text), @action, cast(@ticket as text), @filter, coalesce(jsonb_agg(id), '[]')::text from changed)
                select count(*)::int from changed
                """,
                parameters),
            cancel);
        Log.Acted(_logger, actor.Name, action, changed);
        return changed;
    }
}
