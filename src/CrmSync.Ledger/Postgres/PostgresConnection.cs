using Npgsql;

namespace CrmSync.Ledger.Postgres;

/// <summary>The connection string as it is used.</summary>
internal static class PostgresConnection
{
    /// <summary>An admin's connection string, with what CrmSync needs where the admin said nothing.</summary>
    public static string Text(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        return new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = given.ApplicationName ?? "crmsync",
            // Seconds: a database that is away is asked again, rather than waited for.
            Timeout = given.ContainsKey("Timeout") ? given.Timeout : 5,
            CommandTimeout = given.ContainsKey("Command Timeout") ? given.CommandTimeout : 20,
            // Nothing is left in a session, so there is nothing to reset; behind a pooler it would reset another one's.
            NoResetOnClose = true,
            MaxAutoPrepare = 0,
            Enlist = false,
            // Details quote the values of the row.
            IncludeErrorDetail = false,
        }.ToString();
    }

    /// <summary>What is wrong with a connection string, or null. Never quotes it: it holds a password.</summary>
    public static string? Complaint(string connectionString)
    {
        try
        {
            var text = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(text.Host) || string.IsNullOrEmpty(text.Database) ? "names no host or no database." : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            return "cannot be read.";
        }
    }
}
