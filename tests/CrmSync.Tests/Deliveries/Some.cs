using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Deliveries;

/// <summary>Valid values with nothing special about them.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    public static readonly SessionKey Call = new("aldergrove", SessionKind.Call, 48211);

    public static readonly Fault Fault = new(ReasonCodes.CrmUnavailable, "The CRM is down.", "503");

    public static readonly Receipt Receipt = new("500Hs00001kQ7ZaIAK", "00a1", "0681");

    public static readonly ConnectorTraits Traits = new("Test", DedupeTier.ReadableMarker, 10, [new NotePartSpec("note", Html: false)]);

    public static readonly Delivery Delivery = new(
        1, Call, 1, "crm", DeliveryKey.For("inst", Call, new string('a', 64)), DeliveryState.Resolving, Noon, Noon)
    { Attempts = 1, Token = 1 };
}
