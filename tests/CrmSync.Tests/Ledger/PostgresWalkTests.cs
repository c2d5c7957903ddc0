using CrmSync.TestSupport.Postgres;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Tests.Ledger;

public sealed class PostgresWalkTests(PostgresCluster cluster)
{
    private static readonly Arbitrary<int[]> Walks = Gen.Choose(0, 10_000).ArrayOf(50).ToArbitrary();

    [Fact]
    public void Whatever_happens_in_whatever_order_nothing_is_lost_and_nothing_goes_twice() =>
        Prop.ForAll(Walks, WalkAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    private async Task WalkAsync(int[] steps)
    {
        var clock = new LedgerClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var place = await PostgresPlace.MakeAsync(cluster, clock);
        await new LedgerWalk(() => place.Create(), clock, CancellationToken.None).RunAsync(steps);
    }
}
