namespace CrmSync.Simulators.Platform;

/// <summary>What happened in a session, before it is put into the platform's words. Durations are whole seconds.</summary>
/// <param name="Legs">The agents in the order they talked; none when nobody answered.</param>
/// <param name="Rating">1 to 5, or null when the customer did not answer.</param>
internal sealed record Plot(
    string Kind,
    long Id,
    string Language,
    string Type,
    string Customer,
    DateTimeOffset CreatedAt,
    DateTimeOffset EndsAt,
    DateTimeOffset FinalAt,
    int WaitSeconds,
    Queue FirstQueue,
    IReadOnlyList<Leg> Legs,
    Ticket Ticket,
    int? Rating,
    string? Feedback,
    Recording Recording,
    Unattended? Unattended,
    string Instance)
{
    public bool IsChat => Kind == "chat";

    /// <summary>Ids of rows are unique over the whole platform; a thousand per session and kind is more than any session uses.</summary>
    public long RowIds => (Id * 2_000) + (IsChat ? 1_000 : 0);
}

/// <summary>One agent's stretch: waiting in the queue, talk, wrap-up, and what the agent wrote down.</summary>
internal sealed record Leg(
    Agent Agent, Queue Queue, DateTimeOffset ConnectedAt, int TalkSeconds, int HoldSeconds, int WrapUpSeconds, Remark? Remark)
{
    public DateTimeOffset EndsAt => ConnectedAt.AddSeconds(TalkSeconds);
}

internal sealed record Agent(int Id, string FirstName, string LastName)
{
    public string Name => $"{FirstName} {LastName}";

    public string Number => (1_000 + Id).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public string MailAt(string instance) => $"agent{Id}@{instance}.example";
}

/// <param name="Path">Menu names with slashes, e.g. <c>Support/Orders/Returns</c>.</param>
/// <param name="Ids">Menu ids with slashes, as many as names.</param>
internal sealed record Queue(int PathId, string Path, string Ids)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public int Id => int.Parse(Ids.AsSpan(Ids.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture);

    public int Depth => Path.Count(c => c == '/') + 1;
}

/// <summary>A disposition: code with its path, and the agent's note, which may be missing or empty.</summary>
internal sealed record Remark(string Path, string CustomCode, string? Note)
{
    public string Code => Path[(Path.LastIndexOf('/') + 1)..];
}

internal enum Recording
{
    NotAsked,
    Denied,
    Granted,
}

/// <summary>How a session ended that nobody handled.</summary>
internal sealed record Unattended(string Status, string FailReason, string Deflection);
