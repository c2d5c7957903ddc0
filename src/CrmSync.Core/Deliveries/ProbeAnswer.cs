namespace CrmSync.Core.Deliveries;

/// <summary>What the CRM says about a delivery in doubt. The list is closed.</summary>
public abstract record ProbeAnswer
{
    private ProbeAnswer()
    {
    }

    /// <summary>It arrived: nothing is sent again.</summary>
    public sealed record Found(Receipt Receipt) : ProbeAnswer;

    /// <summary>It is not there; sending again is right.</summary>
    public sealed record Absent : ProbeAnswer;

    /// <summary>Not now: asked again later.</summary>
    public sealed record CannotTell(Fault Fault, TimeSpan? NotBefore = null) : ProbeAnswer;

    /// <summary>Never: the other side cannot be asked, and the connector's policy is to let a person decide.</summary>
    public sealed record NeverTells(Fault Fault) : ProbeAnswer;
}
