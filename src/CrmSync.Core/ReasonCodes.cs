using System.Reflection;

namespace CrmSync.Core;

/// <summary>Every reason code. One file per area; a test compares the list with docs/reason-codes.md.</summary>
public static partial class ReasonCodes
{
    private static readonly Lazy<IReadOnlyDictionary<string, ReasonCode>> ByCode = new(() =>
        typeof(ReasonCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<ReasonCode>()
            .ToDictionary(reason => reason.Code, StringComparer.Ordinal));

    public static IReadOnlyCollection<ReasonCode> All => [.. ByCode.Value.Values];

    /// <summary>The trouble befalls a connector as a whole, not one delivery.</summary>
    public static bool IsOfConnector(ReasonCode reason) =>
        reason == CrmUnreachable || reason == TlsFailed || reason == NoAnswer || reason == CrmUnavailable || reason == RateLimited
        || reason == QuotaExhausted || reason == UnexpectedResponse || reason == AuthFailed || reason == PermissionMissing
        || reason == ConnectorMisconfigured;

    /// <summary>The code as the ledger keeps it. A code that a newer version wrote comes back as itself.</summary>
    public static ReasonCode Parse(string code) => ByCode.Value.TryGetValue(code, out var known)
        ? known
        : new ReasonCode(code, "Written by another version of CrmSync.", "See that version's list of reason codes.");
}
