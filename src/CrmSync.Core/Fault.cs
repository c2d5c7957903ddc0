namespace CrmSync.Core;

/// <summary>What went wrong, in words an admin understands.</summary>
/// <param name="Message">One sentence without personal data or secrets.</param>
/// <param name="CrmCode">The other side's own code, verbatim, e.g. <c>UNABLE_TO_LOCK_ROW</c> or <c>450 4.7.1</c>.</param>
public sealed record Fault(ReasonCode Reason, string Message, string? CrmCode = null)
{
    public override string ToString() => CrmCode is null ? $"{Reason}: {Message}" : $"{Reason} ({CrmCode}): {Message}";
}
