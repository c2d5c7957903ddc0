namespace CrmSync.Core.Deliveries;

/// <summary>How one connector is doing, as this worker sees it: whether it is in trouble, and how much may be under way at once.</summary>
/// <remarks>Thread-safe: the batches of one connector share it. The trouble itself is in the ledger, so that it outlives the worker.</remarks>
internal sealed class ConnectorPulse
{
    private readonly Lock _gate = new();
    private readonly int _most;
    private int _allowed;
    private int _silent;
    private DateTimeOffset? _troubleSince;

    /// <param name="most">Batches that the connector bears at once.</param>
    public ConnectorPulse(int most)
    {
        _most = most;
        _allowed = most;
    }

    /// <summary>Batches that may be under way: halved by trouble, one more after each batch that went well.</summary>
    public int Allowed
    {
        get
        {
            lock (_gate)
            {
                return _allowed;
            }
        }
    }

    /// <summary>Nothing has got through since the last pause: the next delivery goes alone.</summary>
    public bool InTrouble
    {
        get
        {
            lock (_gate)
            {
                return _troubleSince is not null;
            }
        }
    }

    public void Remember(ConnectorPause? trouble)
    {
        lock (_gate)
        {
            _troubleSince = trouble?.Since;
        }
    }

    /// <summary>What has to be written into the ledger after a batch that came to this.</summary>
    public PulseChange After(IReadOnlyList<Outcome> outcomes, DeliveryOptions options, DateTimeOffset now)
    {
        lock (_gate)
        {
            switch (Breaker.SignOf(outcomes, _silent))
            {
                case ConnectorSign.Trouble trouble:
                    var pause = Breaker.PauseFor(trouble, _troubleSince, now, options);
                    _troubleSince ??= now;
                    _allowed = Math.Max(1, _allowed / 2);
                    return new PulseChange(Recovered: false, trouble.Fault, pause);
                case ConnectorSign.Works:
                    var recovered = _troubleSince is not null;
                    (_troubleSince, _silent) = (null, 0);
                    _allowed = Math.Min(_most, _allowed + 1);
                    return new PulseChange(recovered, Fault: null, Pause: default);
                case ConnectorSign.Silence:
                    _silent++;
                    _allowed = Math.Max(1, _allowed / 2);
                    return PulseChange.None;
                default:
                    return PulseChange.None;
            }
        }
    }
}

/// <param name="Recovered">The trouble is over: the ledger forgets it.</param>
/// <param name="Fault">Why the connector pauses; null when it does not.</param>
internal sealed record PulseChange(bool Recovered, Fault? Fault, TimeSpan Pause)
{
    public static PulseChange None { get; } = new(Recovered: false, Fault: null, Pause: default);
}
