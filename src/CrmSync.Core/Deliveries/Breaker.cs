namespace CrmSync.Core.Deliveries;

/// <summary>
/// Tells when a connector as a whole is in trouble, so that an outage costs one call now and then instead of an attempt of every
/// delivery that waits.
/// </summary>
/// <remarks>Thread-safe: the batches of one connector share it.</remarks>
public sealed class Breaker
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Cap = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private int _troubles;

    /// <summary>
    /// How long to pause after these outcomes of one batch, and why; null to go on. Doubles from 5 seconds to 5 minutes while
    /// trouble lasts, and is never shorter than the CRM asked for.
    /// </summary>
    public (Fault Fault, TimeSpan Pause)? After(IReadOnlyList<Outcome> outcomes)
    {
        lock (_gate)
        {
            var trouble = outcomes.OfType<Outcome.Deferred>().Where(deferred => !deferred.SpendsAttempt).ToList();
            if (trouble.Count == 0)
            {
                _troubles = outcomes.Any(outcome => outcome is Outcome.InDoubt) ? _troubles : 0;
                return null;
            }

            if (outcomes.Any(outcome => outcome is Outcome.Delivered or Outcome.AlreadyDelivered))
            {
                _troubles = 0;
            }

            var ours = TimeSpan.FromTicks(Math.Min(Cap.Ticks, First.Ticks << Math.Min(_troubles, 10)));
            var theirs = trouble.Max(deferred => deferred.NotBefore) ?? TimeSpan.Zero;
            _troubles++;
            return (trouble[0].Fault, ours > theirs ? ours : theirs);
        }
    }
}
