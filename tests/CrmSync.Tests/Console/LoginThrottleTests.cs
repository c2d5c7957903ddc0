using CrmSync.Console.Access;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Console;

public sealed class LoginThrottleTests
{
    private const string Address = "203.0.113.4";

    private readonly FakeTimeProvider _clock = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new LoginThrottle(_clock);

    [Fact]
    public void Five_failures_for_a_name_from_an_address_shut_the_door_there_and_nowhere_else()
    {
        var answers = Enumerable.Range(0, LoginThrottle.PairMax).Select(_ => _throttle.Failed("ana", Address)).ToList();

        answers.ShouldBe([false, false, false, false, true]);
        _throttle.Admits("ana", Address).ShouldBeFalse();
        _throttle.Admits("ana", "198.51.100.7").ShouldBeTrue();
        _throttle.Admits("otto", Address).ShouldBeTrue();
    }

    [Fact]
    public void The_door_opens_again_when_the_window_is_over()
    {
        Fail("ana", Address, LoginThrottle.PairMax);

        _clock.Advance(LoginThrottle.Window - TimeSpan.FromSeconds(1));
        _throttle.Admits("ana", Address).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _throttle.Admits("ana", Address).ShouldBeTrue();
    }

    [Fact]
    public void An_address_that_tries_many_names_is_shut_out_for_all_of_them()
    {
        for (var i = 0; i < LoginThrottle.AddressMax; i++)
        {
            _throttle.Failed($"name{i}", Address);
        }

        _throttle.Admits("ana", Address).ShouldBeFalse();
        _throttle.Admits("ana", "198.51.100.7").ShouldBeTrue();
    }

    [Fact]
    public void A_name_that_is_tried_from_many_addresses_is_shut_for_all_of_them()
    {
        for (var i = 0; i < LoginThrottle.NameMax; i++)
        {
            _throttle.Failed("ana", $"198.51.100.{i}");
        }

        _throttle.Admits("ana", Address).ShouldBeFalse();
        _throttle.Admits("otto", Address).ShouldBeTrue();
    }

    [Fact]
    public void Who_gets_in_starts_anew()
    {
        Fail("ana", Address, LoginThrottle.PairMax - 1);
        _throttle.Succeeded("ana", Address);
        Fail("ana", Address, LoginThrottle.PairMax - 1);

        _throttle.Admits("ana", Address).ShouldBeTrue();
    }

    [Fact]
    public void A_flood_of_names_drops_the_oldest_and_keeps_the_newest()
    {
        Fail("ana", Address, LoginThrottle.PairMax);
        for (var i = 0; i < LoginThrottle.EntriesMax; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            _throttle.Failed($"name{i}", $"10.{i / 65536}.{i / 256 % 256}.{i % 256}");
        }

        Fail("otto", Address, LoginThrottle.PairMax);

        _throttle.Admits("otto", Address).ShouldBeFalse();
    }

    private void Fail(string name, string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _throttle.Failed(name, address);
        }
    }
}
