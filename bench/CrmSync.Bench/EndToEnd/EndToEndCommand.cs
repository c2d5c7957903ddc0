using System.CommandLine;
using System.Globalization;

namespace CrmSync.Bench.EndToEnd;

/// <summary><c>end-to-end</c>: from its switches to a table, and an exit code that tells whether every delivery arrived once and whole.</summary>
internal sealed class EndToEndCommand
{
    private const int Differences = 1;
    private const int WrongUse = 2;

    private static readonly int[] GrowthSteps = [1_000, 10_000, 100_000, 1_000_000];

    private readonly Option<BenchConnector> _connector = new("--connector", "-c") { Description = "salesforce, zendesk or email.", Required = true };
    private readonly Option<int> _sessions = new("--sessions", "-n") { Description = "Session files to feed.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _latency = new("--latency") { Description = "Milliseconds that every call to the CRM takes longer. Default 0.", HelpName = "MS" };
    private readonly Option<int?> _rate = new("--rate") { Description = "Files that arrive in a second. Default: all at once.", HelpName = "N" };
    private readonly Option<BenchLedger> _ledger = new("--ledger") { Description = "The worker's ledger. Default sqlite." };
    private readonly Option<string> _postgres = new("--postgres")
    {
        Description = "With --ledger postgres: a server where a database may be made, and dropped at the end.",
        DefaultValueFactory = _ => "Host=127.0.0.1;Username=postgres",
        HelpName = "CONNECTION STRING",
    };

    private readonly Option<int> _workers = new("--workers") { Description = "Worker processes on one ledger. No more than one on SQLite.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _growth = new("--growth") { Description = "Measure with 1,000, 10,000, 100,000 and 1,000,000 sessions in the ledger." };
    private readonly Option<int> _known = new("--known") { Description = "Measure with this many delivered sessions in the ledger. Default 0." };
    private readonly Option<int> _perTicket = new("--sessions-per-ticket") { Description = "Sessions that name the same record.", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _seed = new("--seed") { Description = "Another seed makes other sessions.", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _connections = new("--connections") { Description = "Calls, uploads or SMTP connections at once. Default: the connector's." };
    private readonly Option<string> _linger = new("--linger") { Description = "How long a delivery may wait for company.", DefaultValueFactory = _ => "00:00:00" };
    private readonly Option<string?> _transport = new("--transport") { Description = "Salesforce: graph, composite, collections, singles, as the connector's setting Transport." };
    private readonly Option<bool> _caseFields = new("--case-fields") { Description = "Salesforce: fill two Case fields as well." };
    private readonly Option<string> _mode = new("--mode") { Description = "Zendesk: single, bulk, inline (JSON below the note) or auto.", DefaultValueFactory = _ => "auto" };
    private readonly Option<string[]> _set = new("--set") { Description = "A further setting of the connector: --set GraphsMax=75. May be repeated.", HelpName = "KEY=VALUE" };
    private readonly Option<string?> _profile = new("--profile") { Description = "Sample the worker with perf into this file; see docs/performance.md.", HelpName = "FILE" };
    private readonly Option<string?> _program = new("--program") { Description = "Measure this crmsync, e.g. a published one. Default: the one built beside the benchmark.", HelpName = "FILE" };
    private readonly Option<bool> _keep = new("--keep") { Description = "Leave the scratch folder with settings, log and ledger behind." };

    private EndToEndCommand() => _mode.AcceptOnlyFromAmong("auto", "single", "bulk", "inline");

    public static Command Create(TimeProvider clock)
    {
        var self = new EndToEndCommand();
        var command = new Command(
            "end-to-end",
            """
            Start simulated CRMs in one process and the worker in another, feed session files of 3 to 15 KB, and measure until the last
            delivery. Compares what was fed with the ledger and with the CRM: exit code 1 on any delivery missing, doubled or damaged.
            Example: end-to-end --connector salesforce --sessions 10000 --latency 50
            """)
        {
            self._connector, self._sessions, self._latency, self._rate, self._ledger, self._postgres, self._workers, self._growth, self._known, self._perTicket,
            self._seed, self._connections, self._linger, self._transport, self._caseFields, self._mode, self._set, self._profile, self._program, self._keep,
        };
        command.SetAction((parse, cancel) => self.RunAsync(parse, clock, cancel));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, TimeProvider clock, CancellationToken cancel)
    {
        if (Complaints(parse).ToList() is [_, ..] complaints)
        {
            complaints.ForEach(System.Console.Error.WriteLine);
            return WrongUse;
        }

        var plan = Plan(parse);
        var report = new Report(System.Console.Out);
        report.Begin(plan);
        var ok = true;
        foreach (var known in parse.GetValue(_growth) ? GrowthSteps : [plan.Known])
        {
            var result = await Measurement.RunAsync(plan with { Known = known }, clock, System.Console.Error, cancel);
            report.Row(result);
            ok &= result.Problems.Count == 0;
        }

        return ok ? 0 : Differences;
    }

    private RunPlan Plan(ParseResult parse)
    {
        var connector = parse.GetValue(_connector);
        var mode = parse.GetValue(_mode)!;
        return new RunPlan
        {
            Connector = connector,
            Sessions = parse.GetValue(_sessions),
            Known = parse.GetValue(_known),
            Latency = TimeSpan.FromMilliseconds(parse.GetValue(_latency)),
            PerSecond = parse.GetValue(_rate),
            Postgres = parse.GetValue(_ledger) is BenchLedger.Postgres ? parse.GetValue(_postgres) : null,
            Workers = parse.GetValue(_workers),
            SessionsPerTicket = parse.GetValue(_perTicket),
            Seed = parse.GetValue(_seed),
            ConnectorSettings = Settings(parse, connector, mode),
            Inline = mode == "inline",
            CaseFields = parse.GetValue(_caseFields) ? BenchSettings.CaseFields : new Dictionary<string, string>(StringComparer.Ordinal),
            Profile = parse.GetValue(_profile),
            Program = parse.GetValue(_program) is { } program ? Path.GetFullPath(program) : null,
            Keep = parse.GetValue(_keep),
        };
    }

    private Dictionary<string, string> Settings(ParseResult parse, BenchConnector connector, string mode)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (connector is not BenchConnector.Email)
        {
            settings["Linger"] = parse.GetValue(_linger)!;
        }

        if (parse.GetValue(_connections) is { } connections)
        {
            settings[connector is BenchConnector.Email ? "Smtp:Connections" : "Concurrency"] = connections.ToString(CultureInfo.InvariantCulture);
        }

        if (parse.GetValue(_transport) is { } transport)
        {
            settings["Transport"] = transport;
        }

        foreach (var (key, value) in OfMode(mode))
        {
            settings[key] = value;
        }

        foreach (var pair in parse.GetValue(_set) ?? [])
        {
            settings[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        return settings;
    }

    private static IEnumerable<(string Key, string Value)> OfMode(string mode) => mode switch
    {
        "single" => [("Mode", "OneByOne")],
        "bulk" => [("Mode", "Bulk")],
        "inline" => [("Attach", "Inline")],
        _ => [],
    };

    private IEnumerable<string> Complaints(ParseResult parse)
    {
        if (parse.GetValue(_sessions) is < 1 or > 1_000_000)
        {
            yield return "--sessions runs from 1 to 1000000.";
        }

        if (parse.GetValue(_latency) < 0 || parse.GetValue(_known) < 0 || parse.GetValue(_perTicket) < 1)
        {
            yield return "--latency and --known must not be negative, --sessions-per-ticket must be at least 1.";
        }

        if (parse.GetValue(_rate) < 1)
        {
            yield return "--rate must be at least 1.";
        }

        if (parse.GetValue(_workers) < 1)
        {
            yield return "--workers must be at least 1.";
        }

        if (parse.GetValue(_ledger) is BenchLedger.Postgres && (parse.GetValue(_growth) || parse.GetValue(_known) > 0))
        {
            yield return "--growth and --known are for --ledger sqlite.";
        }

        if (parse.GetValue(_workers) > 1 && parse.GetValue(_ledger) is BenchLedger.Sqlite)
        {
            yield return "--workers must be 1: a SQLite ledger belongs to one worker.";
        }

        if (parse.GetValue(_program) is { } program && !File.Exists(program))
        {
            yield return $"--program: there is no file {Path.GetFullPath(program)}.";
        }

        if ((parse.GetValue(_set) ?? []).FirstOrDefault(pair => !pair.Contains('=', StringComparison.Ordinal)) is { } odd)
        {
            yield return $"--set {odd}: write KEY=VALUE, e.g. GraphsMax=75.";
        }

        var connector = parse.GetValue(_connector);
        if (connector is not BenchConnector.Salesforce && (parse.GetValue(_transport) is not null || parse.GetValue(_caseFields)))
        {
            yield return "--transport and --case-fields are for --connector salesforce.";
        }

        if (connector is not BenchConnector.Zendesk && parse.GetValue(_mode) != "auto")
        {
            yield return "--mode is for --connector zendesk.";
        }
    }
}
