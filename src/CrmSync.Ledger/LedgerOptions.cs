using CrmSync.Core.Configuration;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Ledger;

/// <summary>Section <c>Ledger</c>: where CrmSync remembers.</summary>
public sealed class LedgerOptions
{
    public const string Section = "Ledger";

    private static readonly string[] Types = ["Sqlite"];

    /// <summary>Which store. <c>Sqlite</c>: one file, one worker. Default <c>Sqlite</c>.</summary>
    public string Type { get; set; } = "Sqlite";

    /// <summary>The database file; relative to the working directory. On a local disk: a network file system is refused. Default <c>data/crmsync.db</c>.</summary>
    public string Path { get; set; } = "data/crmsync.db";

    /// <summary>The key that session files are encrypted with; made at the first start. Default: <c>crmsync.key</c> beside the database file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The options, and every mistake in them, without touching the disk.</summary>
    public static (LedgerOptions Options, IReadOnlyList<Complaint> Complaints) Read(IConfiguration configuration)
    {
        var (options, complaints) = StrictBinder.Bind<LedgerOptions>(configuration.GetSection(Section));
        return (options, [.. complaints, .. options.Validate()]);
    }

    internal string FullPath => System.IO.Path.GetFullPath(Path);

    internal string FullKeyFile => System.IO.Path.GetFullPath(
        string.IsNullOrEmpty(KeyFile) ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(FullPath)!, "crmsync.key") : KeyFile);

    private IEnumerable<Complaint> Validate()
    {
        if (!Types.Contains(Type, StringComparer.OrdinalIgnoreCase))
        {
            yield return new Complaint($"{Section}:{nameof(Type)}", $"'{Type}' is not a known store.", NearestName.Hint(Type, Types));
        }

        if (string.IsNullOrWhiteSpace(Path) || Path.EndsWith('/') || Path.EndsWith('\\'))
        {
            yield return new Complaint($"{Section}:{nameof(Path)}", "does not name a file.", "Write a file name, e.g. data/crmsync.db.");
        }
        else if (FullKeyFile == FullPath)
        {
            yield return new Complaint($"{Section}:{nameof(KeyFile)}", "is the ledger's own file.", "Name another one, or leave it out.");
        }
    }
}
