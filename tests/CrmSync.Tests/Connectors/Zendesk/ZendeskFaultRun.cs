using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>
/// Works deliveries off the way the delivery round does, in memory and without waiting: what is in doubt is probed before it is sent again,
/// unless the protection is taken away, which is the control.
/// </summary>
internal sealed class ZendeskFaultRun(IConnector connector, bool isProtected)
{
    private const int RoundsMax = 200;
    private const int Lanes = 3;

    private readonly Lock _gate = new();

    public int Doubts { get; private set; }

    public List<Outcome> Refused { get; } = [];

    public int Rounds { get; private set; }

    /// <summary>Returns when nothing is left to do; throws when it never ends.</summary>
    public async Task RunAsync(IEnumerable<Parcel> parcels, CancellationToken cancel)
    {
        var open = parcels.Select(parcel => new Duty(parcel, InDoubt: false)).ToList();

        while (open.Count > 0)
        {
            if (++Rounds > RoundsMax)
            {
                throw new InvalidOperationException($"{open.Count} deliveries never ended.");
            }

            var next = new List<Duty>();
            await Parallel.ForEachAsync(
                open.Chunk(connector.Traits.BatchMax),
                new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancel },
                async (batch, token) =>
                {
                    var left = await WorkOffAsync(batch, token);

                    lock (_gate)
                    {
                        next.AddRange(left);
                    }
                });
            open = next;
        }
    }

    private async Task<List<Duty>> WorkOffAsync(Duty[] batch, CancellationToken cancel)
    {
        var left = new List<Duty>();
        var ready = batch.Where(duty => !duty.InDoubt).ToList();
        var doubtful = batch.Where(duty => duty.InDoubt).ToList();

        if (doubtful.Count > 0)
        {
            var answers = await connector.ProbeAsync([.. doubtful.Select(duty => duty.Parcel)], cancel);

            foreach (var (duty, answer) in doubtful.Zip(answers))
            {
                if (answer is ProbeAnswer.Absent)
                {
                    ready.Add(duty);
                }
                else if (answer is ProbeAnswer.CannotTell)
                {
                    left.Add(duty);
                }
            }
        }

        if (ready.Count > 0)
        {
            var outcomes = await connector.DeliverAsync([.. ready.Select(duty => duty.Parcel)], cancel);
            left.AddRange(ready.Zip(outcomes).Select(pair => After(pair.First, pair.Second)).OfType<Duty>());
        }

        return left;
    }

    private Duty? After(Duty duty, Outcome outcome)
    {
        lock (_gate)
        {
            switch (outcome)
            {
                case Outcome.InDoubt:
                    Doubts++;
                    return isProtected ? duty.Doubted() : duty;
                case Outcome.Deferred or Outcome.Halted:
                    return duty with { InDoubt = duty.Parcel.Delivery.MayHaveArrived };
                case Outcome.Refused or Outcome.Skipped:
                    Refused.Add(outcome);
                    return null;
                default:
                    return null;
            }
        }
    }

    private sealed record Duty(Parcel Parcel, bool InDoubt)
    {
        public Duty Doubted() => new(
            Parcel with { Shipment = Parcel.Shipment with { Delivery = Parcel.Delivery with { MayHaveArrived = true } } }, InDoubt: true);
    }
}
