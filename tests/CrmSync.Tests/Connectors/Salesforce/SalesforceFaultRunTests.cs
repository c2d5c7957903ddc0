using CrmSync.Connectors.Salesforce;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceGraphFaultRunTests : SalesforceFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Graph;

    [Fact]
    public async Task Ten_thousand_sessions_arrive_exactly_once()
    {
        var parcels = Sessions(10_000);
        BadWeather("*/composite/graph");

        await RunAsync(parcels);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
        Org.Count(SalesforceLedger.Type).ShouldBe(10_000);
    }

    [Fact]
    public async Task Ten_thousand_sessions_cost_at_most_twenty_calls_a_thousand()
    {
        var parcels = Sessions(10_000);

        await RunAsync(parcels);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
        Org.Requests.Calls.ShouldBeLessThanOrEqualTo(200);
    }

    [Fact]
    public async Task Even_blind_resending_is_harmless()
    {
        var parcels = Sessions(500);
        Org.Faults.Sometimes(0.5, Fault.DropAfter, path: "*/composite/graph");

        await RunAsync(parcels, probes: false);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
    }
}

public sealed class SalesforceGraphControlTests : SalesforceUnprotectedRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Graph;

    protected override string WritePath => "*/composite/graph";
}

public sealed class SalesforceCollectionsFaultRunTests : SalesforceFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Collections;

    [Fact]
    public async Task Ten_thousand_sessions_arrive_exactly_once()
    {
        var parcels = Sessions(10_000);
        BadWeather("*/composite");

        await RunAsync(parcels);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
        Org.Count(SalesforceLedger.Type).ShouldBe(10_000);
    }

    [Fact]
    public async Task Ten_thousand_sessions_cost_at_most_five_calls_a_thousand()
    {
        var parcels = Sessions(10_000);

        await RunAsync(parcels);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
        Org.Requests.Calls.ShouldBeLessThanOrEqualTo(50);
    }
}

public sealed class SalesforceCollectionsControlTests : SalesforceUnprotectedRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Collections;

    protected override string WritePath => "*/composite";
}

public sealed class SalesforceCompositeFaultRunTests : SalesforceFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Composite;

    [Fact]
    public async Task With_the_package_sessions_arrive_exactly_once()
    {
        var parcels = Sessions(Many(2_000));
        BadWeather("*/composite");

        await RunAsync(parcels);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
    }
}

public sealed class SalesforceCompositeControlTests : SalesforceUnprotectedRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Composite;

    protected override string WritePath => "*/composite";
}

/// <summary>Without the package: as good as the settle time.</summary>
public abstract class SalesforceZeroFootprintFaultRunTest : SalesforceFaultRunTest
{
    protected override bool Package => false;

    protected abstract string WritePath { get; }

    [Fact]
    public async Task Sessions_arrive_once_as_long_as_no_call_outlives_the_settle_time()
    {
        var parcels = Sessions(Many(1_000));
        BadWeather(WritePath);

        await RunAsync(parcels);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
    }

    [Fact]
    public async Task Without_looking_first_there_are_duplicates()
    {
        var parcels = Sessions(Many(1_000));
        BadWeather(WritePath);

        await RunAsync(parcels, probes: false);

        ShouldShowDuplicates();
    }
}

public sealed class SalesforceCompositeZeroFootprintFaultRunTests : SalesforceZeroFootprintFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Composite;

    protected override string WritePath => "*/composite";
}

public sealed class SalesforceCollectionsZeroFootprintFaultRunTests : SalesforceZeroFootprintFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Collections;

    protected override string WritePath => "*/composite";
}

public sealed class SalesforceSinglesFaultRunTests : SalesforceZeroFootprintFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Singles;

    protected override string WritePath => "*/sobjects/*";
}
