using System.Text.Json.Nodes;
using CrmSync.Simulators.Platform;
using CrmSync.Simulators.Shared;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A simulated CRM beside the workers: it outlives them, fails on demand, and knows what really landed in it.</summary>
internal abstract class TestCrm : IAsyncDisposable
{
    public const string Salesforce = "Salesforce";
    public const string Zendesk = "Zendesk";

    /// <summary>Both kinds, for theories.</summary>
    public static TheoryData<string> Kinds => [Salesforce, Zendesk];

    /// <summary>The connector's name in the settings, too.</summary>
    public abstract string Name { get; }

    public abstract SimulatorHost Host { get; }

    /// <summary>Method of the requests that bring notes; a fault with it strikes nothing else that matters.</summary>
    public abstract string WriteMethod { get; }

    /// <summary>Where the paths of those requests begin.</summary>
    public abstract string WriteRoute { get; }

    private string WritePath => WriteRoute + "*";

    /// <summary>Writes that a session costs, about.</summary>
    public abstract double WritesPerSession { get; }

    /// <summary>Writes answered or dropped so far.</summary>
    public int Writes => Host.Requests.Counts.Where(count => count.Method == WriteMethod && count.Route.StartsWith(WriteRoute, StringComparison.Ordinal)).Sum(count => count.Count);

    /// <summary>The connector's section of the settings.</summary>
    public abstract JsonObject Connector();

    /// <summary>Read by the simulator's own way, not by the API that the connector uses.</summary>
    public abstract CrmContent Content();

    public abstract ValueTask DisposeAsync();

    /// <param name="kind"><see cref="Salesforce"/> or <see cref="Zendesk"/>.</param>
    /// <param name="guarded">False: the CRM takes the same key twice, where it has one.</param>
    public static async Task<TestCrm> StartAsync(string kind, int seed, IReadOnlyList<GeneratedSession> sessions, bool guarded, CancellationToken cancel) =>
        kind == Salesforce
            ? await SalesforceUnderTest.StartAsync(seed, sessions, guarded, cancel)
            : await ZendeskUnderTest.StartAsync(seed, sessions, cancel);

    /// <summary>What reality does to one write in a hundred or twenty: an answer gets lost, comes as an error, or says "slow down".</summary>
    public void Misbehave()
    {
        Host.Faults.Sometimes(0.05, Fault.DropAfter, WriteMethod, WritePath);
        Host.Faults.Sometimes(0.01, Fault.FailAfter(500), WriteMethod, WritePath);
        Host.Faults.Sometimes(0.01, Fault.Refuse(429, TimeSpan.FromSeconds(1)), WriteMethod, WritePath);
    }

    /// <summary>Every write is answered this late, so that there is always one that was carried out and whose answer a dying worker misses.</summary>
    public void Delay(TimeSpan each) => Host.Faults.Add(new FaultRule(Fault.AnswerLate(each), WriteMethod, WritePath));
}

/// <summary>What landed: every file, and how many notes each record has.</summary>
internal sealed record CrmContent(IReadOnlyList<LandedFile> Files, IReadOnlyDictionary<string, int> NotesByRecord);

/// <param name="Session">From the file's name, e.g. <c>call-40001</c>.</param>
internal sealed record LandedFile(string Session, string RecordId, ReadOnlyMemory<byte> Content)
{
    /// <param name="fileName">e.g. <c>call-40001-9f86d081884c.json</c>.</param>
    public static LandedFile Of(string fileName, string recordId, ReadOnlyMemory<byte> content) =>
        new(fileName[..fileName.LastIndexOf('-')], recordId, content);
}
