namespace CrmSync.Core.Deliveries;

/// <summary>
/// How much a worker's death speaks against a delivery that it held, summed up in <see cref="Delivery.Lives"/> until the delivery is
/// settled. Every store counts the same.
/// </summary>
/// <remarks>
/// A worker dies for many reasons: three deaths while one delivery was being sent are no chance any more. One that was only in hand,
/// among others, says little; but what kills the worker while its note is rendered must end some day too.
/// </remarks>
public static class Deaths
{
    public const int WhileSending = 4;

    public const int InHand = 1;

    /// <summary>
    /// From here on it is a suspect, and claimed with no other suspect, so that it takes no innocent ones along for good. Before, it goes
    /// with the others: a power cut leaves all that was under way with one death each, and that must not be worked off one by one.
    /// </summary>
    public const int Suspect = 8;

    /// <summary>From here on it is parked as <see cref="ReasonCodes.CrashLoop"/>: three deaths while sending, or twelve in hand.</summary>
    public const int Enough = 12;
}
