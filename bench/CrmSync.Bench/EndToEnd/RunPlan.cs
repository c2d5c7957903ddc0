namespace CrmSync.Bench.EndToEnd;

/// <summary>One measurement: what is fed, to which CRM, on which ledger.</summary>
internal sealed record RunPlan
{
    public required BenchConnector Connector { get; init; }

    /// <summary>Session files that are fed.</summary>
    public required int Sessions { get; init; }

    /// <summary>Sessions that the ledger holds as delivered before the first file is fed.</summary>
    public int Known { get; init; }

    public required TimeSpan Latency { get; init; }

    /// <summary>Files that arrive in a second; null: all arrive together.</summary>
    public int? PerSecond { get; init; }

    /// <summary>Connection string of a PostgreSQL server; null: the ledger is on SQLite.</summary>
    public string? Postgres { get; init; }

    /// <summary>Worker processes on one ledger.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Sessions that name the same record; they go one after another.</summary>
    public int SessionsPerTicket { get; init; } = 3;

    public int Seed { get; init; } = 1;

    /// <summary>Settings of the connector on top of the simulators' own, by key below the connector: <c>Linger</c>, <c>Smtp:Connections</c>.</summary>
    public IReadOnlyDictionary<string, string> ConnectorSettings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The session's JSON is looked for below the note, not in a file.</summary>
    public bool Inline { get; init; }

    /// <summary>Case fields, by name, with the text of the template that fills each.</summary>
    public IReadOnlyDictionary<string, string> CaseFields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where <c>perf</c> writes samples of the first worker; null: it is not run.</summary>
    public string? Profile { get; init; }

    /// <summary>The worker's executable; null: the one built beside the benchmark.</summary>
    public string? Program { get; init; }

    /// <summary>The scratch folder is left behind.</summary>
    public bool Keep { get; init; }
}

internal enum BenchConnector
{
    Salesforce,
    Zendesk,
    Email,
}

internal enum BenchLedger
{
    Sqlite,
    Postgres,
}
