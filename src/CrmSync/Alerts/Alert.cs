namespace CrmSync.Alerts;

/// <summary>What somebody should know about while it lasts. The list of kinds is in docs/operations.md.</summary>
public enum AlertKind
{
    /// <summary>A delivery has been due for long, and nothing took it up.</summary>
    DeliveriesWaiting,

    /// <summary>Parked and failed deliveries wait for a person.</summary>
    NeedsPerson,

    /// <summary>A connector stands still.</summary>
    ConnectorPaused,

    /// <summary>A source cannot be read.</summary>
    SourceSilent,

    /// <summary>The ledger cannot be written, or its disk is nearly full.</summary>
    LedgerTrouble,

    /// <summary>Files came that could not be used.</summary>
    Quarantine,
}

/// <param name="Subject">The connector's or source's name where there is one, else empty.</param>
/// <param name="Level">1 when it begins; it rises while a connector stays paused: 2 after an hour, 3 after eight.</param>
/// <param name="Message">One sentence. Counts, names and times only, nothing of a session.</param>
/// <param name="Since">When the trouble itself began.</param>
public sealed record Alert(AlertKind Kind, string Subject, int Level, string Message, string WhatToDo, DateTimeOffset Since)
{
    /// <summary>The same for as long as it is the same trouble: <c>connector-paused:zendesk</c>.</summary>
    public string Key { get; } = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(Kind.ToString()) + (Subject.Length == 0 ? string.Empty : ":" + Subject);
}
