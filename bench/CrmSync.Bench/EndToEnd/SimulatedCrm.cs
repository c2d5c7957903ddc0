using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Bench.EndToEnd;

/// <summary>The simulators in a process of their own, asked over HTTP for what the measured one of them holds.</summary>
internal sealed class SimulatedCrm : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly ServiceProvider _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    private readonly HttpClient _http;

    private SimulatedCrm(ChildProcess process, Uri surface, IReadOnlyDictionary<string, string> settings)
    {
        _process = process;
        _http = _services.GetRequiredService<IHttpClientFactory>().CreateClient();
        _http.BaseAddress = surface;
        Settings = settings;
    }

    /// <summary>What a connector to the simulators needs, by key with colons.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public TimeSpan CpuTime => _process.CpuTime;

    public static async Task<SimulatedCrm> StartAsync(Scratch scratch, RunPlan plan, CancellationToken cancel)
    {
        var log = scratch.Combine("simulators.log");
        var process = ChildProcess.Start(
            ChildProcess.BuiltBeside,
            scratch.Path,
            log,
            new Dictionary<string, string>(StringComparer.Ordinal),
            "simulate", "--json", "--salesforce-port", "0", "--zendesk-port", "0", "--smtp-port", "0", "--mails-port", "0",
            "--latency", plan.Latency.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--tickets", scratch.Tickets);
        try
        {
            var announced = await Eventually.FindAsync("the simulators", () => Announcement(log), () => process.HasExited, () => process.Story, cancel);
            var surface = announced["surfaces"]![BenchSettings.NameOf(plan.Connector)]!.GetValue<string>();
            return new SimulatedCrm(
                process,
                new Uri(surface),
                announced["settings"]!.AsObject().ToDictionary(s => s.Key, s => s.Value!.GetValue<string>(), StringComparer.Ordinal));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>API calls so far, as the CRM's quota counts them; for mail the connections.</summary>
    public async Task<int> CallsAsync(CancellationToken cancel)
    {
        var counters = await GetAsync("counters", cancel);
        var connections = counters["requests"]!.AsArray().Where(r => r!["method"]!.GetValue<string>() == "CONNECT").Sum(r => r!["count"]!.GetValue<int>());
        return connections > 0 ? connections : counters["calls"]!.GetValue<int>();
    }

    /// <summary>Every record with something on it.</summary>
    public async Task<IReadOnlyList<LandedRecord>> DigestAsync(CancellationToken cancel) =>
        await _http.GetFromJsonAsync<List<LandedRecord>>("digest", JsonSerializerOptions.Web, cancel) ?? [];

    /// <summary>Everything on every record, with texts. Large.</summary>
    public Task<JsonNode> RecordsAsync(CancellationToken cancel) => GetAsync("records", cancel);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _services.DisposeAsync();
        await _process.DisposeAsync();
    }

    private async Task<JsonNode> GetAsync(string path, CancellationToken cancel) => (await _http.GetFromJsonAsync<JsonNode>(path, cancel))!;

    // Null while it is not there or only half written.
    private static JsonNode? Announcement(string log)
    {
        try
        {
            return File.Exists(log) ? JsonNode.Parse(File.ReadAllText(log)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record LandedRecord(string Id, int Notes, IReadOnlyList<LandedFile> Files);

internal sealed record LandedFile(string Name, long Size, string Sha256);
