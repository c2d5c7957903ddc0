using CrmSync.Connectors.Salesforce;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>Many sessions through bad weather, with a fixed seed: exactly one note and one file each, nothing lost.</summary>
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

public sealed class SalesforceCompositeFaultRunTests : SalesforceFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Composite;

    protected override OrgOptions OrgOptions => new() { Package = false };

    [Fact]
    public async Task Sessions_arrive_once_as_long_as_no_call_outlives_the_settle_time()
    {
        var parcels = Sessions(1_000);
        BadWeather("*/composite");

        await RunAsync(parcels);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
    }

    [Fact]
    public async Task Without_looking_first_there_are_duplicates()
    {
        var parcels = Sessions(1_000);
        BadWeather("*/composite");

        await RunAsync(parcels, probes: false);

        Org.Records.ShouldContain(r => r.Notes.Count > 1);
        Org.Records.ShouldContain(r => r.Files.Count > 1);
    }
}

public sealed class SalesforceSinglesFaultRunTests : SalesforceFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Singles;

    protected override OrgOptions OrgOptions => new() { Package = false };

    [Fact]
    public async Task Sessions_arrive_once_as_long_as_no_call_outlives_the_settle_time()
    {
        var parcels = Sessions(500);
        BadWeather("*/sobjects/*");

        await RunAsync(parcels);

        ShouldBeOnEachRecord(parcels, notes: 1, files: 1);
    }
}

public abstract class SalesforceFaultRunTest : SalesforceConnectorTest
{
    protected abstract SalesforceTransport Transport { get; }

    protected override SalesforceOptions Settings()
    {
        var options = base.Settings();
        options.Transport = Transport;
        return options;
    }

    protected List<Parcel> Sessions(int count) => [.. Enumerable.Range(0, count).Select(_ => Parcel(Org.AddCase()))];

    /// <summary>5 % of answers lost after the work, 2 % of requests before it, 1 % 5xx on either side, locked rows, ended sessions.</summary>
    protected void BadWeather(string path)
    {
        Org.Faults.Sometimes(0.05, Fault.DropAfter, "POST", path);
        Org.Faults.Sometimes(0.02, Fault.DropBefore, "POST", path);
        Org.Faults.Sometimes(0.005, Fault.FailAfter(502), "POST", path);
        Org.Faults.Sometimes(0.005, Fault.Refuse(503), "POST", path);
        Org.Faults.Sometimes(0.02, Fault.ExpireToken, "POST", path);
        Org.Faults.Sometimes(0.01, Fault.Named("UNABLE_TO_LOCK_ROW"), "DML", "CaseComment");
        Org.Faults.Sometimes(0.01, Fault.Named("UNABLE_TO_LOCK_ROW"), "DML", "ContentVersion");
    }

    protected async Task RunAsync(IReadOnlyList<Parcel> parcels, bool probes = true)
    {
        var courier = new Courier(Connector, Clock, probes);

        await courier.DeliverAsync(parcels, Cancel);

        courier.Refused.ShouldBeEmpty();
    }

    protected void ShouldBeOnEachRecord(IReadOnlyList<Parcel> parcels, int notes, int files)
    {
        var records = Org.Records.ToDictionary(r => r.Id, StringComparer.Ordinal);
        parcels.Select(p => records[p.Ticket.RecordId]).ShouldAllBe(r => r.Notes.Count == notes && r.Files.Count == files);
    }
}
