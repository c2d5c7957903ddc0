using CrmSync.Connectors.Salesforce;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforcePaceTests
{
    [Fact]
    public void A_slow_call_halves_the_next_and_quick_ones_let_it_grow_again()
    {
        var pace = new SalesforcePace(50);

        pace.Observe(TimeSpan.FromSeconds(16), trouble: null);
        pace.Current.ShouldBe(25);
        pace.Observe(TimeSpan.FromSeconds(10), trouble: null);
        pace.Current.ShouldBe(25, "neither slow nor quick");
        pace.Observe(TimeSpan.FromSeconds(2), trouble: null);
        pace.Current.ShouldBe(30);
    }

    [Fact]
    public void It_stays_within_its_bounds_whatever_happens() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte>(), (seconds, most) =>
        {
            var pace = new SalesforcePace(most + 1);
            return seconds.All(s =>
            {
                pace.Observe(TimeSpan.FromSeconds(s % 40), trouble: null);
                return pace.Current >= Math.Min(5, most + 1) && pace.Current <= most + 1;
            });
        }).QuickCheckThrowOnFailure();
}
