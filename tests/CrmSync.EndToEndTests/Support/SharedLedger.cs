using System.Text.Json.Nodes;
using CrmSync.TestSupport;
using CrmSync.TestSupport.Postgres;

namespace CrmSync.EndToEndTests.Support;

/// <summary>Several workers on one PostgreSQL: each with a folder of its own, all with the stage's sources and connector.</summary>
internal sealed class SharedLedger : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ZendeskStage _stage;
    private readonly Pooler? _pooler;

    private SharedLedger(ZendeskStage stage, string connectionString, Pooler? pooler)
    {
        (_stage, _pooler) = (stage, pooler);
        ConnectionString = pooler?.ConnectionString ?? connectionString;
        Direct = connectionString;
    }

    /// <summary>Past the pooler.</summary>
    public string Direct { get; }

    public string ConnectionString { get; }

    /// <summary>What all workers read; empty until <see cref="Fill"/>.</summary>
    private string Inbox => Directory.CreateDirectory(_folder.Combine("inbox")).FullName;

    public string KeyFile => _folder.Combine("crmsync.key");

    public static async Task<SharedLedger> BuildAsync(ZendeskStage stage, PostgresCluster cluster, bool pooled)
    {
        var database = await cluster.NewDatabaseAsync();
        return new SharedLedger(stage, database, pooled ? await Pooler.StartAsync(database) : null);
    }

    /// <summary>A worker's folder, with its settings in it.</summary>
    public string Worker(string name, string? keyFile = null)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(_stage.Folder, "appsettings.json")))!.AsObject();
        settings["Sources"]!["inbox"]!["Path"] = Inbox;

        // One call at a time, one ticket a call: the work lasts long enough for everybody to get some.
        settings["Connectors"]!["zendesk"]!["Mode"] = "OneByOne";
        settings["Connectors"]!["zendesk"]!["Concurrency"] = 1;
        settings["Ledger"] = new JsonObject
        {
            ["Type"] = "Postgres",
            [nameof(ConnectionString)] = ConnectionString,
            [nameof(KeyFile)] = keyFile ?? KeyFile,
        };
        var folder = Directory.CreateDirectory(_folder.Combine(name)).FullName;
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), settings.ToJsonString());
        return folder;
    }

    /// <summary>All the stage's sessions are there at once.</summary>
    public void Fill()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(_stage.Folder, "inbox")))
        {
            Directory.Move(folder, Path.Combine(Inbox, Path.GetFileName(folder)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_pooler is not null)
        {
            await _pooler.DisposeAsync();
        }

        await PostgresCluster.DropAsync(Direct);
        _folder.Dispose();
    }
}
