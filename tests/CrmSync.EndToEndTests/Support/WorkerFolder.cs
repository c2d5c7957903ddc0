using System.Text.Json.Nodes;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests.Support;

/// <summary>A folder with settings of its own, to start a worker in.</summary>
internal sealed class WorkerFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public string Inbox => Folder("inbox");

    public string Pickup => Folder("pickup");

    public string Settings => _folder.Combine("appsettings.json");

    /// <summary>Settings that deliver every session as mail into the pickup folder, at once; nothing waits for files to settle.</summary>
    public static JsonObject MailSettings() => JsonNode.Parse(
        """
        {
          "Sources": {
            "inbox": {
              "Kind": "Folder", "Path": "inbox", "Instance": "test",
              "Every": "00:00:01", "SettleAfter": "00:00:00", "StableFor": "00:00:00"
            }
          },
          "Routes": [ { "Name": "everything", "Connectors": [ "mailbox" ] } ],
          "Connectors": {
            "mailbox": {
              "Kind": "Email", "From": "crmsync@centre.example", "To": "records@support.example",
              "Pickup": { "Folder": "pickup" }
            }
          }
        }
        """)!.AsObject();

    public string Folder(string name) => Directory.CreateDirectory(_folder.Combine(name)).FullName;

    public void Write(JsonObject settings) => File.WriteAllText(Settings, settings.ToJsonString());

    /// <summary>Puts a file of a test's own into the inbox, complete at once.</summary>
    public void Write(string name, string json)
    {
        var draft = _folder.Combine(name + ".tmp");
        File.WriteAllText(draft, json);
        File.Move(draft, System.IO.Path.Combine(Inbox, name), overwrite: true);
    }

    /// <summary>Puts a sample into the inbox as the storage does: complete at once.</summary>
    /// <param name="folder">Below the samples: <c>first-export</c> has what the platform writes right after a session.</param>
    public void Drop(string sample, string folder = "")
    {
        var draft = _folder.Combine(sample + ".tmp");
        File.Copy(Repository.Combine("samples", "sessions", folder, sample), draft);
        File.Move(draft, System.IO.Path.Combine(Inbox, sample), overwrite: true);
    }

    public void Dispose() => _folder.Dispose();
}
