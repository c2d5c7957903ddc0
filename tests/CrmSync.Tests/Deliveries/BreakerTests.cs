using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Deliveries;

public sealed class BreakerTests
{
    private static readonly Outcome Down = new Outcome.Deferred(Some.Fault, SpendsAttempt: false);
    private static readonly Outcome Fine = new Outcome.Delivered(Some.Receipt);

    private readonly Breaker _breaker = new();

    [Fact]
    public void Trouble_of_one_delivery_alone_pauses_nothing()
    {
        _breaker.After([new Outcome.Refused(Some.Fault), new Outcome.Deferred(Some.Fault), new Outcome.InDoubt(Some.Fault)]).ShouldBeNull();
    }

    [Fact]
    public void The_pause_doubles_while_trouble_lasts_and_ends_at_five_minutes()
    {
        var pauses = Enumerable.Range(0, 9).Select(_ => _breaker.After([Down])!.Value.Pause.TotalSeconds).ToList();

        pauses.ShouldBe([5, 10, 20, 40, 80, 160, 300, 300, 300]);
    }

    [Fact]
    public void A_delivery_that_gets_through_starts_it_over()
    {
        _breaker.After([Down]);
        _breaker.After([Down]);
        _breaker.After([Fine]);

        _breaker.After([Down])!.Value.Pause.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_CRMs_own_wish_is_never_cut_short()
    {
        _breaker.After([new Outcome.Deferred(Some.Fault, TimeSpan.FromMinutes(42), SpendsAttempt: false)])!
            .Value.Pause.ShouldBe(TimeSpan.FromMinutes(42));
    }
}
