using System.Net;
using CrmSync.Connectors.Shared;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connectors.Shared;

public sealed class AskedWaitTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("17", 17)]
    [InlineData("Mon, 02 Mar 2026 09:00:40 GMT", 40)]
    [InlineData("Mon, 02 Mar 2026 08:00:00 GMT", 0)]
    public void A_wait_comes_in_seconds_or_as_a_date(string header, int seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", header);

        AskedWait.Of(response, Clock).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    public void What_names_no_time_asks_for_none(string? header)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", header);

        AskedWait.Of(response, Clock).ShouldBeNull();
    }
}
