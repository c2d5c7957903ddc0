namespace CrmSync.Ledger.Rows;

/// <summary>A connector's pause as SQL brings it.</summary>
internal sealed class PauseRow
{
    public string Connector { get; init; } = "";

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public string? CrmCode { get; init; }

    public long Since { get; init; }

    public long? Until { get; init; }

    public ConnectorPause ToPause() => new(Connector, Words.Fault(Reason, Message, CrmCode)!, Since.At(), Until.At());
}
