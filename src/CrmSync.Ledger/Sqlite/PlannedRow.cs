namespace CrmSync.Ledger.Sqlite;

/// <summary>A delivery as intake plans it.</summary>
internal sealed record PlannedRow(
    long SessionId,
    int Revision,
    string Connector,
    string Key,
    string? Route,
    string? Lane,
    long Place,
    string State,
    long DueAt,
    string? Reason,
    string? Message,
    string? CrmCode,
    long Now)
{
    // A later revision never goes before an earlier one, whatever their ends say.
    public const string Insert =
        """
        insert into delivery (session_id, revision, connector, key, route, lane, place, state, due_at, first_due_at, created_at, changed_at,
                              reason, message, crm_code)
        values (@SessionId, @Revision, @Connector, @Key, @Route, @Lane,
                max(@Place, coalesce((select max(place) from delivery where session_id = @SessionId and connector = @Connector), @Place)),
                @State, @DueAt, @DueAt, @Now, @Now, @Reason, @Message, @CrmCode)
        on conflict (session_id, connector, revision) do nothing
        """;

    // What may have arrived stays: it is asked after first, and the new revision waits behind it.
    public const string Supersede =
        """
        update delivery set state = 'superseded', token = token + 1, changed_at = @Now,
            reason = @newer, message = 'Revision ' || @Revision || ' took its place before it was sent.', crm_code = null
        where session_id = @SessionId and connector = @Connector and revision < @Revision
        and state in ('ready', 'parked', 'failed') and may_have_arrived = 0
        """;

    public static PlannedRow Of(long session, int revision, PlannedDelivery planned, long now) => new(
        session,
        revision,
        planned.Connector,
        planned.Key.Value,
        planned.Route,
        planned.Lane,
        planned.Order,
        planned.State is DeliveryState.Ready or DeliveryState.Skipped
            ? planned.State.Word()
            : throw new ArgumentException($"A delivery cannot be planned as {planned.State}.", nameof(planned)),
        planned.DueAt.Ms(),
        planned.Fault?.Reason.Code,
        planned.Fault?.Message,
        planned.Fault?.CrmCode,
        now);
}
