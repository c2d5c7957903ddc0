using CrmSync.Console.Views;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Console;

public sealed class SessionFilterTests
{
    private static readonly Times Madrid = new(new NoteOptions { TimeZone = "Europe/Madrid" }, new FakeTimeProvider());

    [Fact]
    public void An_address_says_the_whole_filter_and_is_read_back()
    {
        var filter = new SessionFilter
        {
            Text = "Núñez & sons",
            State = "person",
            Reason = "NO_TICKET",
            Connector = "zendesk",
            Status = "finished",
            Kind = "call",
            Queue = "Support/Orders",
            From = new DateOnly(2026, 3, 1),
            To = new DateOnly(2026, 3, 29),
            After = "1772442000000-135",
        };

        SessionFilter.Read($"http://console.example{filter.ToAddress()}").ShouldBe(filter);
    }

    [Theory]
    [InlineData("/sessions")]
    [InlineData("/sessions?state=nonsense&kind=fax&from=yesterday&after=1-x&q=%20")]
    [InlineData("/sessions?after=99999999999999999-1")]
    public void What_it_does_not_understand_it_leaves_out(string address) =>
        SessionFilter.Read($"http://console.example{address}").ShouldBe(new SessionFilter());

    [Fact]
    public void Days_begin_and_end_at_midnight_where_the_notes_are_written()
    {
        var query = new SessionFilter { From = new DateOnly(2026, 3, 29), To = new DateOnly(2026, 3, 29), State = "waiting", Kind = "chat" }.ToQuery(Madrid);

        query.From.ShouldBe(new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero));
        query.To.ShouldBe(new DateTimeOffset(2026, 3, 29, 22, 0, 0, TimeSpan.Zero));
        query.Kind.ShouldBe(SessionKind.Chat);
        query.States.ShouldContain(DeliveryState.InDoubt);
    }

    [Fact]
    public void Every_state_belongs_to_a_group()
    {
        var grouped = SessionFilter.Groups.SelectMany(group => group.States).ToHashSet();

        Enum.GetValues<DeliveryState>().ShouldAllBe(state => grouped.Contains(state));
    }

    [Theory]
    [InlineData("default", "call-135", "/sessions/default/call-135")]
    [InlineData("a/b?", "chat-9", "/sessions/a%2Fb%3F/chat-9")]
    public void A_session_has_an_address_of_its_own(string instance, string local, string address)
    {
        var key = SessionKey.TryParse($"{instance}/{local}").ShouldNotBeNull();

        SessionAddress.Of(key).ShouldBe(address);
        SessionAddress.Read(instance, local).ShouldBe(key);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example")]
    [InlineData("data:text/html,x")]
    [InlineData(null)]
    public void Only_web_addresses_become_links(string? url) => SafeLink.Of(url).ShouldBeNull();
}
