namespace CrmSync.Ledger.Access;

/// <summary>Who may use the console, who is in it now, and what everybody did. Kept in the ledger's database; what a method answered is on disk.</summary>
/// <remarks>A change and its line in the audit are one transaction: neither is there without the other.</remarks>
public interface IConsoleStore
{
    Task<bool> HasAccountsAsync(CancellationToken cancel);

    /// <summary>Makes the very first account. False when there is one already: then nothing was changed.</summary>
    Task<bool> CreateFirstAsync(NewAccount account, AuditNote note, CancellationToken cancel);

    /// <summary>False when the name is taken.</summary>
    Task<bool> CreateAsync(NewAccount account, AuditNote note, CancellationToken cancel);

    Task<ConsoleAccount?> FindAsync(string name, CancellationToken cancel);

    /// <summary>All of them, by name, each with how many of its sessions could still be used.</summary>
    Task<IReadOnlyList<ConsoleAccount>> ListAsync(CancellationToken cancel);

    /// <summary>Changes role, right or access. An account that may not log in any more is logged out everywhere.</summary>
    Task<AccountChanged> ChangeAsync(string name, ConsoleRole role, bool seePersonal, bool enabled, AuditNote note, CancellationToken cancel);

    /// <summary>Sets another password and ends every session of the account.</summary>
    /// <param name="mustChange">The password was made by somebody else, so it lets nobody further than to choose another.</param>
    Task<AccountChanged> SetPasswordAsync(string name, string passwordHash, bool mustChange, AuditNote note, CancellationToken cancel);

    /// <summary>The same password, hashed as is done today. Sessions go on.</summary>
    Task RehashAsync(string name, string passwordHash, CancellationToken cancel);

    Task BeginSessionAsync(NewSession session, AuditNote note, CancellationToken cancel);

    /// <summary>A session that may still be used with its account as it is now; null when it ended, ran out, or the account is disabled.</summary>
    /// <param name="idle">How long a session lasts without a touch.</param>
    Task<ConsoleSession?> SessionAsync(string idSha256, TimeSpan idle, CancellationToken cancel);

    /// <summary>Somebody used the session just now.</summary>
    Task TouchAsync(string idSha256, CancellationToken cancel);

    Task EndSessionAsync(string idSha256, AuditNote note, CancellationToken cancel);

    /// <summary>Logs an account out everywhere; answers how many sessions that ended.</summary>
    Task<int> EndSessionsAsync(string name, AuditNote note, CancellationToken cancel);

    /// <summary>Writes one line into the audit; it is never changed or deleted.</summary>
    Task RecordAsync(AuditNote note, CancellationToken cancel);

    /// <summary>Lines of the audit that fit, newest first.</summary>
    Task<IReadOnlyList<AuditLine>> ReadAuditAsync(AuditQuery query, int most, CancellationToken cancel);
}

/// <summary>In rising order: each may do what the ones before it may.</summary>
public enum ConsoleRole
{
    Viewer,
    Operator,
    Admin,
}

/// <param name="Name">In lower case, as it is typed at login.</param>
/// <param name="SeePersonal">May see phone numbers and the text of notes.</param>
public sealed record NewAccount(string Name, ConsoleRole Role, bool SeePersonal, string PasswordHash, bool MustChange);

/// <param name="Sessions">That could still be used; counted for the list only.</param>
public sealed record ConsoleAccount(
    string Name,
    ConsoleRole Role,
    bool SeePersonal,
    bool Enabled,
    string PasswordHash,
    bool MustChange,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastLoginAt,
    int Sessions);

public enum AccountChanged
{
    Done,
    NoSuchAccount,

    /// <summary>Refused: nobody could administer the console afterwards.</summary>
    LastAdmin,
}

/// <param name="IdSha256">Of the random id that only the browser holds.</param>
/// <param name="Origin">The address it came from.</param>
public sealed record NewSession(string IdSha256, string Account, string? Origin, DateTimeOffset EndsAt);

public sealed record ConsoleSession(string Account, ConsoleRole Role, bool SeePersonal, bool MustChange, DateTimeOffset SeenAt, DateTimeOffset EndsAt);

/// <param name="Actor">A person's name, or <c>nobody</c> before a login.</param>
/// <param name="Origin">The address the person came from; null on the command line.</param>
/// <param name="Action">One of a short list of words, e.g. <c>sign_in</c>.</param>
/// <param name="Subject">What it was done to: an account, a connector, a template, a session.</param>
/// <param name="Detail">What changed, in few words; never a secret or personal data.</param>
public sealed record AuditNote(string Actor, string? Origin, string Action, string? Subject = null, string? Detail = null);

/// <param name="Filter">What a retry, park or cancel was asked for, as JSON.</param>
/// <param name="Deliveries">How many deliveries it changed; null for other actions.</param>
public sealed record AuditLine(long Id, DateTimeOffset At, string Actor, string? Origin, string Action, string? Subject, string? Detail, string? Filter, int? Deliveries);

/// <param name="Before">Only lines with a smaller id: the last one of the page before.</param>
public sealed record AuditQuery(string? Actor = null, string? Action = null, DateTimeOffset? Since = null, long Before = long.MaxValue);
