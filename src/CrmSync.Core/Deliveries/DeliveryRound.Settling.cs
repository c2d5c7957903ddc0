namespace CrmSync.Core.Deliveries;

public sealed partial class DeliveryRound
{
    private static readonly TimeSpan WriteAgainAfter = TimeSpan.FromSeconds(1);

    // What the answers since the last time say about the connector.
    private PulseChange Change(DeliveryBatch batch) => PulseOf(batch.Connector).After(batch.TakeOutcomes(), options, clock.GetUtcNow());

    private async Task SettleAsync(DeliveryBatch batch, PulseChange change, CancellationToken cancel)
    {
        var settlements = batch.TakeSettlements(routes);
        if (settlements.Count > 0)
        {
            var stale = await WriteDownAsync(batch.Connector, settlements, cancel);
            foreach (var settlement in settlements)
            {
                Report(batch, settlement, stale.Contains(settlement.DeliveryId));
            }
        }

        await NoteAsync(batch.Connector, change);
    }

    // What was sent must be written down: a stop does not interrupt it, and a full disk or a database that is away is waited for.
    private async Task<IReadOnlySet<long>> WriteDownAsync(IConnector connector, IReadOnlyList<Settlement> settlements, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ledger.SettleAsync(settlements, CancellationToken.None);
            }
            catch (LedgerException e) when (!cancel.IsCancellationRequested)
            {
                if (attempt == 1)
                {
                    Log.NotWritten(logger, connector.Name, settlements.Count, e.Message);
                }

                await Task.Delay(WriteAgainAfter, clock, cancel);
            }
        }
    }

    private async Task NoteAsync(IConnector connector, PulseChange change)
    {
        if (change.Recovered)
        {
            await ledger.ForgetTroubleAsync(connector.Name, CancellationToken.None);
            Log.Recovered(logger, connector.Name);
        }

        if (change.Fault is { } fault)
        {
            await ledger.PauseAsync(connector.Name, fault, change.Pause, CancellationToken.None);
            Log.Paused(logger, connector.Name, change.Pause, fault.ToString());
        }
    }
}
