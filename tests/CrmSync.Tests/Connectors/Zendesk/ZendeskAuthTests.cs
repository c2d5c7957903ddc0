using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Tests.Connectors.Shared;
using Microsoft.Extensions.Time.Testing;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskAuthTests
{
    private static readonly (string, string)[] WrongSecret = [("ClientSecret", "not-the-secret")];

    [Fact]
    public async Task A_token_is_renewed_before_it_dies()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await ZendeskConnectorBench.StartAsync(simulatorClock: clock, clock: clock);

        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        clock.Advance(TimeSpan.FromMinutes(23));
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));
        bench.Host.Requests.Count("POST", "/oauth/tokens").ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(2));
        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(103));

        outcome.ShouldBeOfType<Outcome.Delivered>();
        bench.Host.Requests.Count("POST", "/oauth/tokens").ShouldBe(2);
        bench.Host.Requests.Counts.ShouldAllBe(count => count.Status != 401);
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_replaced_once()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        bench.Simulator.ExpireTokens();

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));

        outcome.ShouldBeOfType<Outcome.Delivered>();
        bench.Desk.Ticket(102).Comments.ShouldHaveSingleItem();
        bench.Host.Requests.Count("POST", "/oauth/tokens").ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_expires_before_each_request_halts_instead_of_looping()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Sometimes(1, Fault.ExpireToken, path: "/api/*");

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Halted>().Fault.Reason.ShouldBe(ReasonCodes.AuthFailed);
        bench.Host.Requests.Count("POST", "/api/v2/uploads").ShouldBe(2);
    }

    [Fact]
    public async Task Many_at_once_ask_for_one_token()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("Concurrency", "8"));

        await bench.DeliverAsync([.. Enumerable.Range(101, 12).Select(id => ZendeskConnectorBench.Parcel(id))]);

        bench.Host.Requests.Count("POST", "/oauth/tokens").ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_secret_halts_and_is_never_shown()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: WrongSecret);

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        var fault = outcome.ShouldBeOfType<Outcome.Halted>().Fault;
        fault.Reason.ShouldBe(ReasonCodes.AuthFailed);
        fault.CrmCode.ShouldBe("401 invalid_client");
        fault.ToString().ShouldNotContain("not-the-secret");
    }

    [Fact]
    public async Task A_token_endpoint_that_is_down_only_defers()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await ZendeskConnectorBench.StartAsync(clock: clock);
        bench.Faults.Sometimes(1, Fault.Refuse(503), "POST", "/oauth/tokens");

        var outcome = await clock.PassUntilAsync(bench.DeliverAsync(ZendeskConnectorBench.Parcel(101)));

        outcome.ShouldBeOfType<Outcome.Deferred>().SpendsAttempt.ShouldBeFalse();
    }

    [Fact]
    public async Task An_api_token_still_works()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            options: [("ClientId", ""), ("ClientSecret", ""), ("ApiTokenUser", "crmsync@example.com"), ("ApiToken", "sim-api-token")]);

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Delivered>();
        bench.Host.Requests.Count("POST", "/oauth/tokens").ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_scope_halts()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("Scope", "read"));

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Halted>().Fault.Reason.ShouldBe(ReasonCodes.PermissionMissing);
    }
}
