using CrmSync.Connectors.Salesforce;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>Many sessions through bad weather, with a fixed seed: exactly one note and one file each, nothing lost.</summary>
public abstract class SalesforceFaultRunTest : SalesforceConnectorTest
{
    /// <summary>Set to 1, transports that need a call for each session take 10,000 of them too.</summary>
    private const string LongVariable = "TESTS_LONG";

    protected abstract SalesforceTransport Transport { get; }

    protected virtual bool Package => true;

    protected override OrgOptions OrgOptions => new() { Package = Package, DailyApiCallsMax = 1_000_000 };

    /// <summary>Sessions for transports that call once for each.</summary>
    protected static int Many(int shortly) => Environment.GetEnvironmentVariable(LongVariable) is "1" ? 10_000 : shortly;

    protected override SalesforceOptions Settings()
    {
        var options = base.Settings();
        options.Transport = Transport;
        options.Package = Package;
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

        var begun = TimeProvider.System.GetTimestamp();
        var rounds = await courier.DeliverAsync(parcels, Cancel);
        var took = TimeProvider.System.GetElapsedTime(begun);

        var lost = Org.Records.Count(r => r.Notes.Count == 0 || r.Files.Count == 0);
        var twice = Org.Records.Count(r => r.Notes.Count > 1 || r.Files.Count > 1);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{parcels.Count} sessions by {Transport}: {lost} lost, {twice} twice, {Org.Requests.Calls} calls in {rounds} rounds, {took.TotalSeconds:0.0} s");
        courier.Refused.ShouldBeEmpty();
    }

    protected void ShouldBeOnEachRecord(IReadOnlyList<Parcel> parcels, int notes, int files)
    {
        var records = Org.Records.ToDictionary(r => r.Id, StringComparer.Ordinal);
        parcels.Select(p => records[p.Ticket.RecordId]).ShouldAllBe(r => r.Notes.Count == notes && r.Files.Count == files);
    }

    protected void ShouldShowDuplicates()
    {
        Org.Records.ShouldContain(r => r.Notes.Count > 1);
        Org.Records.ShouldContain(r => r.Files.Count > 1);
    }
}

/// <summary>The control: somebody took the uniqueness off the ledger's key, and nobody looks before sending again.</summary>
public abstract class SalesforceUnprotectedRunTest : SalesforceFaultRunTest
{
    protected override OrgOptions OrgOptions => base.OrgOptions with { UniqueKeys = false };

    protected abstract string WritePath { get; }

    [Fact]
    public async Task Without_the_unique_key_there_are_duplicates()
    {
        var parcels = Sessions(2_000);
        BadWeather(WritePath);

        await RunAsync(parcels, probes: false);

        ShouldShowDuplicates();
    }
}
