using CrmSync.Connectors.Salesforce;
using CrmSync.Core.Deliveries;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>Adaptive calls over HTTP: how many calls the same work takes tells how large they are.</summary>
public sealed class SalesforcePaceDeliveryTests : SalesforceConnectorTest
{
    private const int Batch = 40;
    private const string WritePath = "*/composite*";

    private readonly List<int> _calls = [];

    protected override SalesforceOptions Settings()
    {
        var options = base.Settings();
        options.GraphsMax = Batch;
        return options;
    }

    [Fact]
    public async Task Slow_answers_make_calls_smaller_and_quick_ones_let_them_grow_again()
    {
        await SlowlyAsync(Batch);
        await QuicklyAsync(Batch);
        await QuicklyAsync(Batch);
        await QuicklyAsync(Batch);

        // 40 at once; then 20 and 20; by then 30, so 30 and 10; by then 40 again.
        _calls.ShouldBe([1, 2, 2, 1]);
    }

    [Fact]
    public async Task An_org_without_room_for_long_calls_gets_smaller_ones()
    {
        Org.Faults.Once(Fault.Named("concurrent-limit"), "POST", WritePath);

        (await Connector.DeliverAsync(Parcels(Batch), Cancel)).ShouldAllBe(o => o is Outcome.Deferred);
        await QuicklyAsync(Batch);

        // The refusal itself came quickly and let nothing grow.
        _calls.ShouldBe([2]);
    }

    [Fact]
    public async Task Backlogs_shrink_and_grow_too()
    {
        var options = Settings();
        options.Transport = SalesforceTransport.Collections;
        var connector = Connect(options);

        await SlowlyAsync(200, connector);
        await QuicklyAsync(200, connector);

        // 200 at once, then 100 and, five more, the other 100.
        _calls.ShouldBe([1, 2]);
    }

    private async Task SlowlyAsync(int count, IConnector? connector = null)
    {
        Org.Faults.Once(Fault.AnswerLate(TimeSpan.FromSeconds(16)), "POST", WritePath);
        await CountAsync(async parcels =>
        {
            var pending = (connector ?? Connector).DeliverAsync(parcels, Cancel);
            while (Org.Requests.Held == 0)
            {
                await Task.Delay(1, Cancel);
            }

            Clock.Advance(TimeSpan.FromSeconds(16));
            return await pending;
        }, count);
    }

    // The clock stands still meanwhile: no time passes, however busy the machine is.
    private Task QuicklyAsync(int count, IConnector? connector = null) =>
        CountAsync(parcels => (connector ?? Connector).DeliverAsync(parcels, Cancel), count);

    private async Task CountAsync(Func<IReadOnlyList<Parcel>, Task<IReadOnlyList<Outcome>>> deliver, int count)
    {
        var before = Org.Requests.Calls;
        (await deliver(Parcels(count))).ShouldAllBe(o => o is Outcome.Delivered);
        _calls.Add(Org.Requests.Calls - before);
    }

    private IReadOnlyList<Parcel> Parcels(int count) => [.. Enumerable.Range(0, count).Select(_ => Parcel(Org.AddCase()))];
}
