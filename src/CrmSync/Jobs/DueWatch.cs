using CrmSync.Core.Deliveries;

namespace CrmSync.Jobs;

/// <summary>
/// Rings the bell for deliveries that another worker recorded or left behind: nobody tells this one. Only where a ledger is shared.
/// </summary>
internal sealed partial class DueWatch(DispatchBell bell, TimeProvider clock, ILogger<DueWatch> logger) : BackgroundService
{
    /// <summary>A look costs two small statements per connector.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            await bell.RingAllAsync(cancel);
        }
        catch (LedgerException e)
        {
            Log.CannotLook(logger, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(955, LogLevel.Warning, "Cannot look whether something is due: {Trouble}")]
        public static partial void CannotLook(ILogger logger, string trouble);
    }
}
