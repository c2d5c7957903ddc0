using Npgsql;

namespace CrmSync.Ledger.Postgres;

/// <summary>PostgreSQL's errors: those that pass by themselves, and those an admin can do something about.</summary>
/// <remarks>Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html</remarks>
internal static class PostgresTrouble
{
    /// <summary>The same command may well succeed in a moment.</summary>
    public static bool Passes(NpgsqlException e) => e switch
    {
        // Two workers at one record: the index kept the second out, and now it sees the first.
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "delivery_one_inflight" or "delivery_one_of_session" } => true,

        // A standby before it takes over.
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => true,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => false,

        // Class 08 is the connection; a pooler reports a server that went away as a protocol violation.
        PostgresException refused => refused.IsTransient || refused.SqlState.StartsWith("08", StringComparison.Ordinal) || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        _ => e.IsTransient || e.InnerException is IOException or TimeoutException or System.Net.Sockets.SocketException,
    };

    /// <summary>A sentence for an admin; null for what only a mistake of ours can cause.</summary>
    public static string? Explain(NpgsqlException e, string database) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"The database {database} refuses the login: {refused.MessageText}. Check user and password in Ledger:ConnectionString.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"There is no database {database}. Make it (create database ... owner ...), or mend Ledger:ConnectionString.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"The database user lacks a right in {database}: {refused.MessageText}. Make it the owner of the database.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            $"The disk of the database {database} is full. Make room; CrmSync goes on by itself.",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            $"The database {database} only answers reads: it is a standby. Name the primary in Ledger:ConnectionString.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded } =>
            $"The database {database} takes no more connections. Raise max_connections, or set Maximum Pool Size in Ledger:ConnectionString.",
        _ when Passes(e) => $"The database {database} does not answer: {Reason(e)}. Check that it runs and can be reached; CrmSync goes on by itself.",
        _ => null,
    };

    private static string Reason(NpgsqlException e) => e switch
    {
        PostgresException refused => refused.MessageText,
        { InnerException: { } inner } => inner.Message.TrimEnd('.'),
        _ => e.Message.TrimEnd('.'),
    };
}
