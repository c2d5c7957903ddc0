using CrmSync.Core.Sessions;
using Microsoft.Extensions.Logging;

namespace CrmSync.Core.Deliveries;

public sealed partial class DeliveryRound
{
    private void Report(DeliveryBatch batch, Settlement settlement, bool stale)
    {
        var delivery = batch.Delivery(settlement.DeliveryId);
        if (stale)
        {
            Log.Stale(logger, delivery.Session, delivery.Connector, delivery.Token);
            return;
        }

        switch (settlement.Verdict)
        {
            case Verdict.Done(var receipt):
                Log.Delivered(logger, delivery.Session, delivery.Revision, delivery.Connector, receipt.RecordId, settlement.Outcome, delivery.Attempts);
                break;
            case Verdict.Again(var after, var fault, _, _):
                Log.Again(logger, delivery.Session, delivery.Revision, delivery.Connector, fault.ToString(), clock.GetUtcNow() + after);
                break;
            case Verdict.Park(var fault):
                Log.Parked(logger, delivery.Session, delivery.Revision, delivery.Connector, fault.ToString());
                break;
            case Verdict.GiveUp(var fault):
                Log.Parked(logger, delivery.Session, delivery.Revision, delivery.Connector, fault.ToString());
                break;
            case Verdict.Divert(var fault, var to):
                Log.Diverted(logger, delivery.Session, delivery.Revision, delivery.Connector, to.Connector, fault.ToString());
                break;
            case Verdict.Skip(var fault):
                Log.Skipped(logger, delivery.Session, delivery.Revision, delivery.Connector, fault.ToString());
                break;
            default:
                throw new InvalidOperationException($"No log line for verdict {settlement.Verdict.GetType().Name}.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Information, "Delivered {Session} revision {Revision} via {Connector} to {Record}: {Outcome}, attempt {Attempt}")]
        public static partial void Delivered(ILogger logger, SessionKey session, int revision, string connector, string record, string outcome, int attempt);

        [LoggerMessage(501, LogLevel.Information, "Not yet {Session} revision {Revision} via {Connector}: {Fault} Next at {DueAt:u}")]
        public static partial void Again(ILogger logger, SessionKey session, int revision, string connector, string fault, DateTimeOffset dueAt);

        [LoggerMessage(502, LogLevel.Error, "Parked {Session} revision {Revision} via {Connector}, needs a person: {Fault}")]
        public static partial void Parked(ILogger logger, SessionKey session, int revision, string connector, string fault);

        [LoggerMessage(503, LogLevel.Information, "Skipped {Session} revision {Revision} via {Connector}: {Fault}")]
        public static partial void Skipped(ILogger logger, SessionKey session, int revision, string connector, string fault);

        [LoggerMessage(504, LogLevel.Warning, "Diverted {Session} revision {Revision} from {Connector} to {Fallback}: {Fault}")]
        public static partial void Diverted(ILogger logger, SessionKey session, int revision, string connector, string fallback, string fault);

        [LoggerMessage(505, LogLevel.Warning, "Stale claim of {Session} via {Connector}, token {Token}: another life of the worker has it; nothing written")]
        public static partial void Stale(ILogger logger, SessionKey session, string connector, long token);

        [LoggerMessage(507, LogLevel.Error, "A round of {Connector} broke; its {Count} deliveries are tried again or probed")]
        public static partial void Broke(ILogger logger, Exception exception, string connector, int count);

        [LoggerMessage(509, LogLevel.Error, "What came of {Count} deliveries of {Connector} cannot be written down yet; it is tried until it can. {Trouble}")]
        public static partial void NotWritten(ILogger logger, string connector, int count, string trouble);

        [LoggerMessage(508, LogLevel.Information, "Connector {Connector} works again")]
        public static partial void Recovered(ILogger logger, string connector);

        [LoggerMessage(506, LogLevel.Warning, "Connector {Connector} pauses for {Pause}: {Fault}")]
        public static partial void Paused(ILogger logger, string connector, TimeSpan pause, string fault);
    }
}
