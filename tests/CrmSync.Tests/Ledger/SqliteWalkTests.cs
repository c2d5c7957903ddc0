using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.Ledger;

public sealed class SqliteWalkTests
{
    private static readonly Arbitrary<int[]> Walks = Gen.Choose(0, 10_000).ArrayOf(50).ToArbitrary();

    [Fact]
    public void Whatever_happens_in_whatever_order_nothing_is_lost_and_nothing_goes_twice() =>
        Prop.ForAll(Walks, WalkAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    private static async Task WalkAsync(int[] steps)
    {
        using var folder = new ScratchFolder();
        var clock = new LedgerClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var options = new LedgerOptions { Path = folder.Database };
        var walk = new LedgerWalk(() => new SqliteLedger(options, clock, NullLogger<SqliteLedger>.Instance), clock, CancellationToken.None);
        await walk.RunAsync(steps);
    }
}
