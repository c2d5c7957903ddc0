using CrmSync.Core.Configuration;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Sources;

/// <summary>What every kind of source can be told, in <c>Sources:NAME</c>.</summary>
public class SourceOptions
{
    /// <summary>The kind of source, such as <c>Folder</c>.</summary>
    public string Kind { get; set; } = string.Empty;

    /// <summary>How often it is scanned. Default a minute. Shorter finds sessions sooner and lists the source more often.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Scans by a Quartz cron expression instead of <see cref="Every"/>. Default none.</summary>
    public string? Cron { get; set; }

    /// <summary>
    /// The contact-centre instance these files come from: letters, digits and hyphens. Default <c>default</c>. Call 135 of one
    /// instance is not call 135 of another: two sources of the same instance share it.
    /// </summary>
    public string Instance { get; set; } = "default";

    /// <summary>
    /// How long after a session's end its notes go out. Default 20 minutes: the platform writes the file again after about 15, with
    /// codes, notes and rating. Shorter sends unfinished notes first; zero is for tests.
    /// </summary>
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Sessions that ended before this instant are recorded and not delivered. Default none: everything found is delivered.</summary>
    public DateTimeOffset? StartFrom { get; set; }

    /// <summary>Larger files are not read. Default 10 MiB, in bytes; real sessions have 5-200 kB.</summary>
    public int FileBytesMax { get; set; } = 10 * 1024 * 1024;

    /// <summary>A file that is cut or empty is given this long to be finished before it is quarantined. Default 10 minutes.</summary>
    public TimeSpan IncompleteAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Where the file keeps codes and notes, if not in a known place, such as <c>wrap_up.codes[*]</c>. Default none.</summary>
    public IReadOnlyList<string> DispositionPaths { get; set; } = [];

    /// <summary>Where the file keeps SMS sent during a call. Default none beyond the known keys.</summary>
    public IReadOnlyList<string> InCallSmsPaths { get; set; } = [];

    /// <summary>Where the file keeps SMS sent while waiting. Default none beyond the known keys.</summary>
    public IReadOnlyList<string> WaitTimeSmsPaths { get; set; } = [];

    /// <summary>Where the file keeps text the customer typed. Default none beyond the known keys.</summary>
    public IReadOnlyList<string> TextInputPaths { get; set; } = [];

    /// <summary>How files of this source are read. Call it for options without complaints only.</summary>
    public ReaderOptions ToReaderOptions() => new()
    {
        Instance = Instance,
        BytesMax = FileBytesMax,
        DispositionPaths = [.. DispositionPaths.Select(JsonPath.Parse)],
        InCallSmsPaths = [.. InCallSmsPaths.Select(JsonPath.Parse)],
        WaitTimeSmsPaths = [.. WaitTimeSmsPaths.Select(JsonPath.Parse)],
        TextInputPaths = [.. TextInputPaths.Select(JsonPath.Parse)],
    };

    /// <summary>What is wrong with these values; <paramref name="section"/> is the path they stand under.</summary>
    public virtual IEnumerable<Complaint> Complain(string section)
    {
        if (Instance.Length is 0 or > 40 || !Instance.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            yield return new Complaint($"{section}:{nameof(Instance)}", "is not usable in keys and paths.", "Write up to 40 letters, digits and hyphens.");
        }

        if (Every < TimeSpan.FromSeconds(1) || Every > TimeSpan.FromDays(1))
        {
            yield return new Complaint($"{section}:{nameof(Every)}", "is out of range.", "Write 00:00:01 to 1.00:00:00.");
        }

        if (SettleAfter < TimeSpan.Zero || SettleAfter > TimeSpan.FromDays(7))
        {
            yield return new Complaint($"{section}:{nameof(SettleAfter)}", "is out of range.", "Write 00:00:00 to 7.00:00:00; the platform needs about 00:20:00.");
        }

        if (IncompleteAfter < TimeSpan.Zero || IncompleteAfter > TimeSpan.FromDays(1))
        {
            yield return new Complaint($"{section}:{nameof(IncompleteAfter)}", "is out of range.", "Write 00:00:00 to 1.00:00:00.");
        }

        if (FileBytesMax is < 1024 or > 256 * 1024 * 1024)
        {
            yield return new Complaint($"{section}:{nameof(FileBytesMax)}", "is out of range.", "Write 1024 to 268435456 (256 MiB).");
        }

        foreach (var complaint in PathComplaints(section))
        {
            yield return complaint;
        }
    }

    private IEnumerable<Complaint> PathComplaints(string section)
    {
        (string Name, IReadOnlyList<string> Paths)[] lists =
        [
            (nameof(DispositionPaths), DispositionPaths), (nameof(InCallSmsPaths), InCallSmsPaths),
            (nameof(WaitTimeSmsPaths), WaitTimeSmsPaths), (nameof(TextInputPaths), TextInputPaths),
        ];

        foreach (var (name, paths) in lists)
        {
            for (var i = 0; i < paths.Count; i++)
            {
                if (!JsonPath.TryParse(paths[i], out _, out var problem))
                {
                    yield return new Complaint($"{section}:{name}:{i}", $"{problem}.", "Run 'crmsync inspect FILE' to see what a path finds.");
                }
            }
        }
    }
}
