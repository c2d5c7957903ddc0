using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// What tells a delivery's note from any other, written in one request with it: the file's name, a footer, the update's metadata, and in
/// bulk jobs a tag.
/// </summary>
internal static class ZendeskMarkers
{
    public static string Footer(DeliveryKey key) => $"crmsync:{key.Marker}";

    public static string Tag(DeliveryKey key) => $"crmsync_{key.Marker}";

    public static bool IsOn(WireComment comment, DeliveryKey key) =>
        comment.Attachments?.Any(file => file.FileName?.Contains(key.Marker, StringComparison.Ordinal) is true) is true
        || comment.Body?.Contains(Footer(key), StringComparison.Ordinal) is true;
}
