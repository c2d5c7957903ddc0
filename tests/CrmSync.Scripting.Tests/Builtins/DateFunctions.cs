using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Scripting.Tests.Builtins;

public sealed class DateFunctions
{
    private static readonly DateTimeOffset Moment = new(2013, 9, 12, 22, 49, 27, 123, TimeSpan.FromHours(5.5));
    private static readonly TimeZoneInfo India = TimeZoneInfo.CreateCustomTimeZone("in", TimeSpan.FromHours(5.5), "in", "in");
    private static readonly RenderOptions There = new() { TimeZone = India };

    [Theory]
    [InlineData("%a %A %b %B %h", "Thu Thursday Sep September Sep")]
    [InlineData("%c", "Thu Sep 12 22:49:27 2013")]
    [InlineData("%C %d %D %e %F", "20 12 09/12/13 12 2013-09-12")]
    [InlineData("%H %I %j %k %l %L", "22 10 255 22 10 123")]
    [InlineData("%m %M %N %p %P", "09 49 123000000 PM pm")]
    [InlineData("%r %R %s %S %T", "10:49:27 PM 22:49 1379006367 27 22:49:27")]
    [InlineData("%u %U %v %V %W %w", "4 36 12-SEP-2013 37 36 4")]
    [InlineData("%x %X %y %Y %Z %%", "09/12/2013 22:49:27 13 2013 +05:30 %")]
    [InlineData("%n%t|%", "\n\t|%")]
    public void Patterns_follow_the_reference(string pattern, string expected) =>
        Render("{{ d | date.to_string p }}", Model(("d", Moment), ("p", pattern)), There).ShouldBe(expected);

    [Theory]
    [InlineData("date.parse '2016/01/05' | date.add_days 1", "06 Jan 2016")]
    [InlineData("date.parse '2016/01/31' | date.add_months 1", "29 Feb 2016")]
    [InlineData("date.parse '2016/02/29' | date.add_years 1", "28 Feb 2017")]
    [InlineData("date.parse '2016/01/05' | date.add_hours (-1) | date.to_string '%F %T'", "2016-01-04 23:00:00")]
    [InlineData("date.parse '2016/01/05' | date.add_minutes 1.5 | date.to_string '%T'", "00:01:30")]
    [InlineData("date.parse '2016/01/05' | date.add_seconds 5 | date.to_string '%T'", "00:00:05")]
    [InlineData("date.parse '2016/01/05' | date.add_milliseconds 5 | date.to_string '%L'", "005")]
    [InlineData("date.parse '2018--06--17' '%Y--%m--%d'", "17 Jun 2018")]
    [InlineData("date.parse '2021/11/30 20:50:23Z'", "30 Nov 2021")]
    [InlineData("date.parse '20/01/2022 08:32:48 +00:00' culture:'en-GB'", "20 Jan 2022")]
    [InlineData("date.parse '2016/01/05' | date.to_string '%d %B %Y' 'fr-FR'", "05 janvier 2016")]
    [InlineData("date.parse '2016/01/05' | date.to_string '%g'", "05 Jan 2016")]
    [InlineData("date.parse '2016/01/05'.year", "")]
    [InlineData("(date.parse '2016/01/05').day_of_year", "5")]
    [InlineData("null | date.to_string '%Y'", "")]
    [InlineData("null | date.add_days 1", "")]
    [InlineData("date.parse null", "")]
    [InlineData("date.parse ''", "")]
    [InlineData("'2016-01-05' | date.to_string '%d'", "05")]
    [InlineData("(date.parse '2016/01/06') - (date.parse '2016/01/05')", "1.00:00:00")]
    [InlineData("(date.parse '2016/01/05') + (timespan.from_days 2)", "07 Jan 2016")]
    [InlineData("(date.parse '2016/01/06') > (date.parse '2016/01/05')", "true")]
    [InlineData("(date.parse '2016/01/05') == (date.parse '2016/01/05')", "true")]
    [InlineData("[date.parse '2016/01/06', date.parse '2016/01/05'] | array.sort", "[05 Jan 2016, 06 Jan 2016]")]
    [InlineData("date.parse_to_string '2016/01/05' '%Y'", "2016")]
    public void Documented_examples_and_edges(string expression, string expected) => Eval(expression).ShouldBe(expected);

    [Fact]
    public void Now_is_what_the_clock_says_in_the_zone_of_the_rendering()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 20, 0, 0, TimeSpan.Zero));

        Eval("date.now | date.to_string '%F %R %Z'", options: There with { Clock = clock }).ShouldBe("2026-01-02 01:30 +05:30");
    }

    [Fact]
    public void The_default_format_can_be_set_for_a_rendering() =>
        Render("{{ date.format = '%Y'; d }} {{ date.format = date.default_format; d }}", Model(("d", Moment)), There).ShouldBe("2013 12 Sep 2013");

    [Fact]
    public void Dates_of_all_types_are_shown_in_the_zone()
    {
        var model = Model(
            ("offset", new DateTimeOffset(2026, 1, 1, 20, 0, 0, TimeSpan.Zero)),
            ("utc", new DateTime(2026, 1, 1, 20, 0, 0, DateTimeKind.Utc)),
            ("local", new DateTime(2026, 1, 1, 20, 0, 0, DateTimeKind.Unspecified)),
            ("day", new DateOnly(2026, 1, 1)));

        Render("{{ for d in [offset, utc, local, day]; d | date.to_string '%d %R,'; end }}{{ offset.hour }}", model, There)
            .ShouldBe("02 01:30,02 01:30,01 20:00,01 00:00,1");
    }

    [Fact]
    public void Names_follow_the_culture() =>
        Render("{{ d | date.to_string '%A' }}", Model(("d", Moment)), There with { Culture = CultureInfo.GetCultureInfo("de-DE") })
            .ShouldBe("Donnerstag");

    [Theory]
    [InlineData("date.parse '2016/01/05' | date.to_string '%Q'")]
    [InlineData("date.parse '2016' '%Y-%m'")]
    [InlineData("date.parse '2016/01/05' | date.add_years 9000")]
    [InlineData("date.parse '2016/01/05' | date.add_days 1e300")]
    [InlineData("5 | date.add_days 1")]
    public void What_is_no_date_is_a_fault(string expression) => Fail("{{ " + expression + " }}").Message.ShouldNotBeEmpty();
}
