using CrmSync.Core.Deliveries;

namespace CrmSync.Alerts;

/// <summary>Looks at what is wrong, puts it on the board, and tells what is new.</summary>
internal sealed partial class AlertRound(
    ILedger ledger,
    IReadOnlyList<IConnector> connectors,
    AlertOptions options,
    AlertBoard board,
    AlertWebhook webhook,
    TimeProvider clock,
    ILogger<AlertRound> logger)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var facts = await FactsAsync(cancel);
        var alerts = AlertRules.Evaluate(facts, options, board.Since, now);
        var news = board.Update(facts.Summary is null ? [.. alerts, .. Unknown()] : alerts);
        foreach (var (alert, isOver) in news)
        {
            if (isOver)
            {
                Log.Resolved(logger, alert.Key, alert.Message);
            }
            else
            {
                Log.Raised(logger, alert.Key, alert.Message, alert.WhatToDo);
            }
        }

        await webhook.PostAsync(news.Select(one => AlertMessage.Of(one, ledger.Installation, now)), cancel);
    }

    // While the ledger cannot be read, nobody knows whether the rest is over.
    private IEnumerable<Alert> Unknown() => board.Current.Where(alert => alert.Kind is not AlertKind.LedgerTrouble);

    private async Task<AlertFacts> FactsAsync(CancellationToken cancel)
    {
        var health = await ledger.HealthAsync(cancel);
        try
        {
            var troubles = new List<ConnectorPause>();
            foreach (var connector in connectors)
            {
                if (await ledger.TroubleOfAsync(connector.Name, cancel) is { } trouble)
                {
                    troubles.Add(trouble);
                }
            }

            var newest = await ledger.ListQuarantinedAsync(0, 1, cancel);
            return new AlertFacts(await ledger.SummarizeAsync(cancel), troubles, health, newest is [var last, ..] ? last.RecordedAt : null);
        }
        catch (LedgerException e)
        {
            // A ledger that cannot be read is itself what there is to tell.
            return new AlertFacts(null, [], health with { Writable = false, Trouble = health.Trouble ?? e.Message }, null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(960, LogLevel.Error, "Alert {Key}: {Message} {WhatToDo}")]
        public static partial void Raised(ILogger logger, string key, string message, string whatToDo);

        [LoggerMessage(961, LogLevel.Information, "Alert {Key} is over: {Message}")]
        public static partial void Resolved(ILogger logger, string key, string message);
    }
}
