using CrmSync.Alerts;
using CrmSync.Console;
using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sources;
using CrmSync.Jobs;
using CrmSync.Ledger;

namespace CrmSync.Settings;

/// <summary>Everything the settings file says, read strictly before anything starts.</summary>
internal sealed class WorkerSettings
{
    private static readonly string[] Sections =
    [
        SourcesSection, ConnectorsSection, "Routes", "Notes", "Redaction", DeliveryOptions.Section, HousekeepingOptions.Section,
        AlertOptions.Section, HttpOptions.Section, ConsoleOptions.Section, LedgerOptions.Section, "Logging",
    ];

    private const string SourcesSection = "Sources";
    private const string ConnectorsSection = "Connectors";

    private WorkerSettings(IConfiguration configuration) => Configuration = configuration;

    public IConfiguration Configuration { get; }

    public HttpOptions Http { get; private init; } = new();

    public ConsoleOptions Console { get; private set; } = new();

    /// <summary>Where what belongs to the ledger is kept beside it.</summary>
    public string DataFolder { get; private set; } = ".";

    public LedgerOptions Ledger { get; private set; } = new();

    public DeliveryOptions Delivery { get; private init; } = new();

    public HousekeepingOptions Housekeeping { get; private init; } = new();

    public AlertOptions Alerts { get; private init; } = new();

    public required IReadOnlyList<(ISessionSourceKind Kind, IConfigurationSection Section)> Sources { get; init; }

    public required IReadOnlyList<(IConnectorKind Kind, IConfigurationSection Section)> Connectors { get; init; }

    /// <summary>The settings, and every mistake that can be seen without the network. Use them only without complaints.</summary>
    public static (WorkerSettings Settings, IReadOnlyList<Complaint> Complaints) Read(
        IConfiguration configuration, IReadOnlyList<ISessionSourceKind> sourceKinds, IReadOnlyList<IConnectorKind> connectorKinds)
    {
        var complaints = UnknownSections(configuration).ToList();
        var settings = new WorkerSettings(configuration)
        {
            Http = Bind<HttpOptions>(configuration, HttpOptions.Section, complaints),
            Delivery = Bind<DeliveryOptions>(configuration, DeliveryOptions.Section, complaints),
            Housekeeping = Bind<HousekeepingOptions>(configuration, HousekeepingOptions.Section, complaints),
            Alerts = Bind<AlertOptions>(configuration, AlertOptions.Section, complaints),
            Sources = Pick(configuration, SourcesSection, "source", sourceKinds, kind => kind.Kind, complaints),
            Connectors = Pick(configuration, ConnectorsSection, "connector", connectorKinds, kind => kind.Kind, complaints),
        };
        var (ledger, ledgerComplaints) = LedgerOptions.Read(configuration);
        complaints.AddRange(ledgerComplaints);
        settings.Ledger = ledger;
        settings.DataFolder = ledgerComplaints.Count == 0 ? Path.GetDirectoryName(Path.GetFullPath(ledger.Path))! : ".";
        (settings.Console, var consoleComplaints) = ConsoleOptions.Read(configuration, settings.Http.Url);
        complaints.AddRange(consoleComplaints);
        complaints.AddRange(settings.Alerts.Validate());
        complaints.AddRange(RenderingSettings.Read(configuration, AppContext.BaseDirectory).Complaints);
        complaints.AddRange(settings.Sources.SelectMany(source => source.Kind.Validate(source.Section)));
        complaints.AddRange(settings.Sources.Select(source => PickUpSchedule.Check(source.Section.Path, source.Section["Cron"])).OfType<Complaint>());
        complaints.AddRange(settings.Connectors.SelectMany(connector => connector.Kind.Validate(connector.Section)));
        complaints.AddRange(Witnesses(settings.Connectors));
        return (settings, complaints);
    }

    // What a kind cannot see by itself: whether the connector that its section names is there.
    private static IEnumerable<Complaint> Witnesses(IReadOnlyList<(IConnectorKind Kind, IConfigurationSection Section)> connectors)
    {
        var witnesses = connectors.Where(connector => connector.Kind.WitnessesMail).Select(connector => connector.Section.Key).ToList();
        foreach (var (kind, section) in connectors)
        {
            if (kind.WitnessOf(section) is var (key, name) && !witnesses.Contains(name, StringComparer.Ordinal))
            {
                yield return new Complaint(
                    $"{section.Path}:{key}",
                    $"'{name}' is no connector that can look for a mail.",
                    witnesses.Count > 0 ? $"Write one of: {string.Join(", ", witnesses)}." : "Add a connector of kind Salesforce or Zendesk for the CRM that reads the mailbox; no route needs to name it.");
            }
        }
    }

    /// <exception cref="SettingsException">The section has mistakes.</exception>
    public static TOptions BindOrThrow<TOptions>(IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        var complaints = new List<Complaint>();
        var options = Bind<TOptions>(configuration, section, complaints);
        return complaints.Count == 0 ? options : throw new SettingsException(complaints);
    }

    private static TOptions Bind<TOptions>(IConfiguration configuration, string section, List<Complaint> complaints)
        where TOptions : class, new()
    {
        var (options, found) = StrictBinder.Bind<TOptions>(configuration.GetSection(section));
        complaints.AddRange(found);
        return options;
    }

    private static IEnumerable<Complaint> UnknownSections(IConfiguration configuration) => configuration.GetChildren()
        .Where(section => !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
        .Select(section => new Complaint(section.Key, "is not a known section.", NearestName.Hint(section.Key, Sections)));

    private static List<(TKind Kind, IConfigurationSection Section)> Pick<TKind>(
        IConfiguration configuration, string section, string noun, IReadOnlyList<TKind> kinds, Func<TKind, string> name, List<Complaint> complaints)
    {
        var picked = new List<(TKind, IConfigurationSection)>();
        foreach (var entry in configuration.GetSection(section).GetChildren())
        {
            var wanted = entry["Kind"];
            if (kinds.Where(kind => name(kind).Equals(wanted, StringComparison.OrdinalIgnoreCase)).Take(1).ToList() is [var kind])
            {
                picked.Add((kind, entry));
            }
            else
            {
                var problem = string.IsNullOrEmpty(wanted) ? "is missing." : $"'{wanted}' is not a kind of {noun}.";
                complaints.Add(new Complaint($"{entry.Path}:Kind", problem, NearestName.Hint(wanted ?? string.Empty, kinds.Select(name))));
            }
        }

        if (picked.Count == 0 && complaints.Count == 0)
        {
            complaints.Add(new Complaint(section, $"names no {noun}.", $"Add one: docs/operations.md shows how."));
        }

        return picked;
    }
}
