using System.Globalization;

namespace CrmSync.TestSupport;

/// <summary>How the long forms are run: <c>tests/chaos</c> sets these variables. Without them the sizes are the ones docs/reliability.md reports.</summary>
internal static class LongForm
{
    public static int Sessions => Number("CHAOS_SESSIONS", 10_000);

    public static int Kills => Number("CHAOS_KILLS", 100);

    /// <summary>Sessions of a form that is not the storm's size unless told so.</summary>
    public static int SessionsOr(int otherwise) => Number("CHAOS_SESSIONS", otherwise);

    /// <summary>How often the trouble strikes in one run.</summary>
    public static int TimesOr(int otherwise) => Number("CHAOS_TIMES", otherwise);

    /// <summary>Seeds from the first one on.</summary>
    public static IEnumerable<int> Seeds => Enumerable.Range(Number("CHAOS_SEED", 1), Number("CHAOS_SEEDS", 1));

    public static bool Includes(string crm, string ledger) => Names("CHAOS_CRM", crm) && Names("CHAOS_LEDGER", ledger);

    /// <summary>Adds a line to the table that the run leaves behind, under its heading.</summary>
    public static void Report(string name, string heading, string row)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("CHAOS_REPORT") ?? Path.GetTempPath(), $"chaos-{name}.md");
        if (!File.Exists(path))
        {
            File.AppendAllLines(path, [heading, string.Concat(Enumerable.Repeat("|---", heading.Count(c => c == '|') - 1)) + "|"]);
        }

        File.AppendAllLines(path, [row]);
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static bool Names(string name, string value) =>
        Environment.GetEnvironmentVariable(name) is not { Length: > 0 } wanted || wanted.Equals(value, StringComparison.OrdinalIgnoreCase);
}
