using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Ledger;

/// <summary>Valid things to record, with fixed values.</summary>
internal static class Recorded
{
    public const string Source = "inbox";

    public static readonly DateTimeOffset FileTime = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static SessionKey Key(long id) => new("aldergrove", SessionKind.Call, id);

    public static FileStamp File(long id) => new(string.Create(CultureInfo.InvariantCulture, $"2026/03/call-{id}.json"), 4_812, FileTime);

    public static SessionFacts Facts(string? ticket = "35436", bool isFinal = true) =>
        new(FileTime, FileTime.AddMinutes(-15), "finished", isFinal, "Voice Inbound", "en", ticket, "Support/Orders");

    public static IntakeRecord Session(long id, int follows = 0, string content = "{}", params IReadOnlyList<PlannedDelivery> deliveries) =>
        new(
            Source,
            File(id),
            follows == 0 ? IntakeDecisionKind.New : IntakeDecisionKind.Revision,
            null,
            new NewRevision(
                Key(id), follows, Encoding.UTF8.GetBytes(content), Hash($"content {id} {follows}"), Hash($"semantic {id} {follows}"),
                Hash($"relevant {id} {follows}"), Facts(), deliveries));

    public static PlannedDelivery Delivery(long id, string connector, string? lane = null, long order = 0) =>
        new(connector, DeliveryKey.For("k3v9", Key(id), Hash($"content {id}")), "support", lane, order, DeliveryState.Ready, TimeSpan.Zero);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
