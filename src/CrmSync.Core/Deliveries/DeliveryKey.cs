using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Deliveries;

/// <summary>The idempotency key of a delivery: the same for every attempt, on every worker, after every restore.</summary>
/// <remarks>
/// Made of what the delivery is, never of ledger numbers, so that a ledger that was lost or restored makes the same keys again.
/// Only letters, digits, underscore and hyphen: Salesforce takes it in a URL, where a dot could be read as a file extension.
/// </remarks>
/// <param name="Value">e.g. <c>crmsync_k3v9_aldergrove_call_48211_9f86d081884c</c>; at most 120 characters.</param>
public sealed record DeliveryKey(string Value)
{
    /// <summary>Twelve hex digits of the key's SHA-256: the marker that goes into file names, footers and tags.</summary>
    public string Marker { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Value)))[..12];

    /// <param name="installation">Keeps a test installation apart from production on one CRM.</param>
    /// <param name="contentSha256">Hex SHA-256 of the revision's canonical JSON.</param>
    public static DeliveryKey For(string installation, SessionKey session, string contentSha256) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"crmsync_{installation}_{session.Instance}_{session.Kind.ToString().ToLowerInvariant()}_{session.Id}_{contentSha256[..12]}"));

    public override string ToString() => Value;
}
