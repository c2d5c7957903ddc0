using CrmSync.Console.Texts;
using CrmSync.Console.Views;
using CrmSync.Core.Rendering;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Console;

public sealed class TimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 20, 30, 0, TimeSpan.Zero);
    private static readonly Speech Say = new();

    private readonly Times _times = new(new NoteOptions { TimeZone = "Europe/Madrid" }, new FakeTimeProvider(Now));

    [Theory]
    [InlineData("2026-05-12T18:05:00Z", "20:05")]
    [InlineData("2026-05-11T22:05:00Z", "00:05")]
    [InlineData("2026-05-11T18:05:00Z", "11 May 20:05")]
    [InlineData("2025-12-31T23:30:00Z", "1 Jan 00:30")]
    [InlineData("2025-12-31T20:30:00Z", "31 Dec 2025 21:30")]
    public void An_instant_is_as_short_as_it_can_be_told(string at, string shown) =>
        _times.Brief(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Say).ShouldBe(shown);

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(364, "6 min 4 s")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(93600, "1 d 2 h")]
    public void A_length_has_two_units_at_most(int seconds, string shown) => Times.Length(TimeSpan.FromSeconds(seconds), Say).ShouldBe(shown);

    [Fact]
    public void The_overview_shows_whole_hours_and_days_of_the_zone_up_to_now()
    {
        var day = OverviewRange.Named("24h").Window(_times);
        var month = OverviewRange.Named("30d").Window(_times);

        day.From.ShouldBe(new DateTimeOffset(2026, 5, 11, 21, 0, 0, TimeSpan.Zero));
        day.To.ShouldBe(new DateTimeOffset(2026, 5, 12, 21, 0, 0, TimeSpan.Zero));
        month.To.ShouldBe(new DateTimeOffset(2026, 5, 12, 22, 0, 0, TimeSpan.Zero));
        OverviewRange.Named("nonsense").Name.ShouldBe("24h");
    }
}
