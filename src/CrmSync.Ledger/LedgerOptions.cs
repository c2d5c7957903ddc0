using CrmSync.Core.Configuration;
using CrmSync.Ledger.Postgres;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Ledger;

/// <summary>Section <c>Ledger</c>: where CrmSync remembers.</summary>
public sealed class LedgerOptions
{
    public const string Section = "Ledger";

    private const string Sqlite = "Sqlite";
    private const string Postgres = "Postgres";

    private const string Example = "Host=db;Database=crmsync;Username=crmsync;Password=...";

    private static readonly string[] Types = [Sqlite, Postgres];

    /// <summary>Which store. <c>Sqlite</c>: one file, one worker. <c>Postgres</c>: a database that several workers share. Default <c>Sqlite</c>.</summary>
    public string Type { get; set; } = Sqlite;

    /// <summary>
    /// For <c>Postgres</c>: <c>Host=db;Database=crmsync;Username=crmsync;Password=...</c>. The user owns the database. Keep it out of the settings
    /// file: <c>ConnectionString_FILE</c> names a file that holds it.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The database file; relative to the working directory. On a local disk: a network file system is refused. Default <c>data/crmsync.db</c>.</summary>
    public string Path { get; set; } = "data/crmsync.db";

    /// <summary>
    /// The key that session files are encrypted with; made at the first start. Workers that share a ledger share its key. Default:
    /// <c>crmsync.key</c> beside <see cref="Path"/>.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>The options, and every mistake in them, without touching the disk.</summary>
    public static (LedgerOptions Options, IReadOnlyList<Complaint> Complaints) Read(IConfiguration configuration)
    {
        var (options, complaints) = StrictBinder.Bind<LedgerOptions>(configuration.GetSection(Section));
        return (options, [.. complaints, .. options.Validate()]);
    }

    /// <summary>Several workers may share the ledger.</summary>
    public bool IsPostgres => Type.Equals(Postgres, StringComparison.OrdinalIgnoreCase);

    /// <summary>The shared database's connection string as CrmSync uses it; for <c>Postgres</c> only.</summary>
    public string DatabaseText => PostgresConnection.Text(ConnectionString!);

    internal string FullPath => System.IO.Path.GetFullPath(Path);

    internal string FullKeyFile => System.IO.Path.GetFullPath(
        string.IsNullOrEmpty(KeyFile) ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(FullPath)!, "crmsync.key") : KeyFile);

    private IEnumerable<Complaint> Validate()
    {
        if (!Types.Contains(Type, StringComparer.OrdinalIgnoreCase))
        {
            yield return new Complaint($"{Section}:{nameof(Type)}", $"'{Type}' is not a known store.", NearestName.Hint(Type, Types));
        }

        if (IsPostgres)
        {
            foreach (var complaint in ValidatePostgres())
            {
                yield return complaint;
            }
        }
        else if (!string.IsNullOrEmpty(ConnectionString))
        {
            yield return new Complaint($"{Section}:{nameof(ConnectionString)}", $"is set, but the ledger is {Type}.", $"Set {Section}:{nameof(Type)} to {Postgres}, or leave it out.");
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

    private IEnumerable<Complaint> ValidatePostgres()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new Complaint(
                $"{Section}:{nameof(ConnectionString)}", "is missing.", $"Name a file that holds it: {Section}:{nameof(ConnectionString)}_FILE. It reads {Example}");
        }
        else if (PostgresConnection.Complaint(ConnectionString) is { } problem)
        {
            yield return new Complaint($"{Section}:{nameof(ConnectionString)}", problem, $"Write {Example}");
        }
    }
}
