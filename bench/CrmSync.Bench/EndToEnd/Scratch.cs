namespace CrmSync.Bench.EndToEnd;

/// <summary>The folder a measurement runs in: settings, inbox, ledger and logs.</summary>
internal sealed class Scratch(bool keep) : IDisposable
{
    public const string InboxName = "inbox";
    public const string LedgerName = "ledger/crmsync.db";

    public string Path { get; } = Directory.CreateTempSubdirectory("crmsync-bench-").FullName;

    public string Inbox => Folder(InboxName);

    /// <summary>Files wait here, beside the inbox, until they are moved into it.</summary>
    public string Staging => Folder("staging");

    public string Ledger => Combine(LedgerName);

    public string Settings => Combine("appsettings.json");

    public string Tickets => Combine("tickets.txt");

    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public string Folder(string name) => Directory.CreateDirectory(Combine(name)).FullName;

    /// <summary>The shipped templates and those that fill Case fields; null when the shipped ones will do.</summary>
    public string? Templates(IReadOnlyDictionary<string, string> caseFields)
    {
        if (caseFields.Count == 0)
        {
            return null;
        }

        var shipped = System.IO.Path.Combine(AppContext.BaseDirectory, "templates");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = Combine("templates", System.IO.Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var (field, text) in caseFields)
        {
            File.WriteAllText(Combine("templates", "salesforce", $"field-{field}.sbn-txt"), text);
        }

        return Combine("templates");
    }

    public void Dispose()
    {
        if (!keep)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
