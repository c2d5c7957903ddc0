using CrmSync.Core.Deliveries;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>Delivers until nothing is left, as the worker does: what is in doubt is asked for first, what was put off is tried again later.</summary>
/// <param name="probes">False: doubt is ignored, and everything is sent again as if for the first time.</param>
internal sealed class Courier(IConnector connector, FakeTimeProvider clock, bool probes = true)
{
    private const int RoundsMax = 500;

    public List<Parcel> Refused { get; } = [];

    /// <summary>Answers how many rounds it took.</summary>
    public async Task<int> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var (ready, doubtful) = (parcels.ToList(), new List<Parcel>());
        for (var round = 1; round <= RoundsMax; round++)
        {
            if (ready.Count + doubtful.Count == 0)
            {
                return round;
            }

            var (again, doubts) = (new List<Parcel>(), new List<Parcel>());
            foreach (var batch in doubtful.Chunk(connector.Traits.BatchMax))
            {
                await ProbeAsync(batch, ready, doubts, cancel);
            }

            foreach (var batch in ready.Chunk(connector.Traits.BatchMax))
            {
                await SendAsync(batch, again, doubts, cancel);
            }

            (ready, doubtful) = (again, doubts);
            clock.Advance(TimeSpan.FromMinutes(15));
        }

        throw new InvalidOperationException($"{ready.Count} ready and {doubtful.Count} in doubt after {RoundsMax} rounds.");
    }

    private async Task ProbeAsync(Parcel[] batch, List<Parcel> ready, List<Parcel> doubts, CancellationToken cancel)
    {
        var answers = probes ? await connector.ProbeAsync(batch, cancel) : [.. batch.Select(_ => new ProbeAnswer.Absent())];
        foreach (var (parcel, answer) in batch.Zip(answers))
        {
            if (answer is ProbeAnswer.Absent)
            {
                ready.Add(parcel);
            }
            else if (answer is ProbeAnswer.CannotTell)
            {
                doubts.Add(parcel);
            }
        }
    }

    private async Task SendAsync(Parcel[] batch, List<Parcel> again, List<Parcel> doubts, CancellationToken cancel)
    {
        foreach (var (parcel, outcome) in batch.Zip(await connector.DeliverAsync(batch, cancel)))
        {
            var tried = parcel with { Shipment = parcel.Shipment with { Delivery = Next(parcel.Delivery, outcome) } };
            switch (outcome)
            {
                case Outcome.InDoubt:
                    doubts.Add(tried);
                    break;
                case Outcome.Deferred or Outcome.Halted:
                    again.Add(tried);
                    break;
                case Outcome.Refused:
                    Refused.Add(tried);
                    break;
            }
        }
    }

    private Delivery Next(Delivery delivery, Outcome outcome) => delivery with
    {
        Attempts = delivery.Attempts + (outcome is Outcome.Deferred { SpendsAttempt: false } or Outcome.Halted ? 0 : 1),
        FirstSentAt = probes ? delivery.FirstSentAt ?? clock.GetUtcNow() : null,
    };
}
