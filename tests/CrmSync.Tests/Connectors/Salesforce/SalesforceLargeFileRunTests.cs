using CrmSync.Connectors.Salesforce;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>Files too large to travel inside the call of their note: by multipart, each in a call of its own.</summary>
public abstract class SalesforceLargeFileRunTest : SalesforceFaultRunTest
{
    private const int InlineMax = 100_000;

    protected abstract string WritePath { get; }

    protected override SalesforceOptions Settings()
    {
        var options = base.Settings();
        options.InlineFileBytesMax = InlineMax;

        // Few sessions a call, so that the weather meets enough calls: in six of them no answer was lost, and nothing was proven.
        options.GraphsMax = 5;
        return options;
    }

    /// <summary>The weather is as bad on the file's call as on the note's.</summary>
    protected async Task<IReadOnlyList<Parcel>> LoadedAsync(bool probes = true)
    {
        var parcels = Sessions(300).ConvertAll(p => p with { Attachment = p.Attachment with { Content = new byte[InlineMax + 1] } });
        BadWeather(WritePath);
        if (Transport is not SalesforceTransport.Singles)
        {
            BadWeather("*/sobjects/ContentVersion");
        }

        await RunAsync(parcels, probes);

        Org.Requests.Count("POST", "/sobjects/{type}").ShouldBeGreaterThanOrEqualTo(parcels.Count, "each file went by itself");
        return parcels;
    }
}

public sealed class SalesforceLargeFileFaultRunTests : SalesforceLargeFileRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Graph;

    protected override string WritePath => "*/composite/graph";

    [Fact]
    public async Task Large_files_arrive_exactly_once_whatever_is_lost_of_their_calls() =>
        ShouldBeOnEachRecord(await LoadedAsync(), notes: 1, files: 1);

    [Fact]
    public async Task Even_blind_resending_is_harmless() =>
        ShouldBeOnEachRecord(await LoadedAsync(probes: false), notes: 1, files: 1);
}

public sealed class SalesforceLargeFileControlTests : SalesforceLargeFileRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Graph;

    protected override string WritePath => "*/composite/graph";

    protected override OrgOptions OrgOptions => base.OrgOptions with { UniqueKeys = false };

    [Fact]
    public async Task Without_the_unique_key_there_are_duplicates()
    {
        await LoadedAsync(probes: false);

        ShouldShowDuplicates();
    }
}

/// <summary>Without the package, the names of the files keep them apart.</summary>
public abstract class SalesforceLargeFileZeroFootprintFaultRunTest : SalesforceLargeFileRunTest
{
    protected override bool Package => false;

    [Fact]
    public async Task Large_files_arrive_once_as_long_as_no_call_outlives_the_settle_time() =>
        ShouldBeOnEachRecord(await LoadedAsync(), notes: 1, files: 1);

    [Fact]
    public async Task Without_looking_first_there_are_duplicates()
    {
        await LoadedAsync(probes: false);

        ShouldShowDuplicates();
    }
}

public sealed class SalesforceCompositeLargeFileFaultRunTests : SalesforceLargeFileZeroFootprintFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Composite;

    protected override string WritePath => "*/composite";
}

public sealed class SalesforceSinglesLargeFileFaultRunTests : SalesforceLargeFileZeroFootprintFaultRunTest
{
    protected override SalesforceTransport Transport => SalesforceTransport.Singles;

    protected override string WritePath => "*/sobjects/*";
}
