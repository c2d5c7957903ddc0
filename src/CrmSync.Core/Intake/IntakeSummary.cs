namespace CrmSync.Core.Intake;

/// <summary>How one pick-up of one source went, in files.</summary>
/// <param name="Error">Why the source could not be listed to its end; null when it was.</param>
/// <param name="Seen">Listed files, known ones included.</param>
/// <param name="Recorded">New sessions and new revisions.</param>
/// <param name="Waiting">Still being written; looked at again next time.</param>
/// <param name="Vanished">Gone between listing and reading.</param>
/// <param name="Due">Deliveries that were planned.</param>
public sealed record IntakeSummary(
    Fault? Error = null,
    int Seen = 0,
    int Recorded = 0,
    int Duplicates = 0,
    int Quarantined = 0,
    int Waiting = 0,
    int Vanished = 0,
    int Due = 0);
