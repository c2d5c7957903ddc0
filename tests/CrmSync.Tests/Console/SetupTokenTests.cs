using CrmSync.Console.Access;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Console;

public sealed class SetupTokenTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SetupToken _token;

    public SetupTokenTests() => _token = new SetupToken(_clock);

    [Fact]
    public void Nothing_matches_before_one_was_made() => _token.Matches(string.Empty).ShouldBeFalse();

    [Fact]
    public void A_token_has_128_bits_and_is_another_each_time()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => _token.Issue()).ToList();

        tokens.ShouldBeUnique();
        tokens.ShouldAllBe(token => token.Length == 32);
    }

    [Fact]
    public void It_matches_as_pasted_and_nothing_else_does()
    {
        var token = _token.Issue();

        _token.Matches($" {token}\n").ShouldBeTrue();
        _token.Matches(token[..^1]).ShouldBeFalse();
        _token.Matches(token.ToUpperInvariant() + "0").ShouldBeFalse();
        _token.Matches(string.Empty).ShouldBeFalse();
    }

    [Fact]
    public void It_ends_with_its_time_its_use_and_its_successor()
    {
        var first = _token.Issue();
        var second = _token.Issue();
        _token.Matches(first).ShouldBeFalse();

        _clock.Advance(SetupToken.Lifetime - TimeSpan.FromSeconds(1));
        _token.Matches(second).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _token.Matches(second).ShouldBeFalse();

        var third = _token.Issue();
        _token.Close();
        _token.Matches(third).ShouldBeFalse();
    }
}
