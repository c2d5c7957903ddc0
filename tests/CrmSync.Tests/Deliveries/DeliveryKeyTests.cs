using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Deliveries;

public sealed class DeliveryKeyTests
{
    private static readonly string Hash = new('b', 64);

    [Fact]
    public void The_key_is_made_of_what_the_delivery_is()
    {
        DeliveryKey.For("k3v9", Some.Call, Hash).Value.ShouldBe("crmsync_k3v9_aldergrove_call_48211_bbbbbbbbbbbb");
    }

    [Fact]
    public void Call_135_and_chat_135_have_different_keys_and_markers()
    {
        var call = DeliveryKey.For("k3v9", new SessionKey("a", SessionKind.Call, 135), Hash);
        var chat = DeliveryKey.For("k3v9", new SessionKey("a", SessionKind.Chat, 135), Hash);

        call.ShouldNotBe(chat);
        call.Marker.ShouldNotBe(chat.Marker);
    }

    [Fact]
    public void The_marker_is_twelve_hex_digits()
    {
        DeliveryKey.For("k3v9", Some.Call, Hash).Marker.ShouldMatch("^[0-9a-f]{12}$");
    }
}
