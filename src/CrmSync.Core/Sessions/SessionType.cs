namespace CrmSync.Core.Sessions;

/// <summary>How the customer and the contact centre talked.</summary>
public enum SessionChannel
{
    Other,
    Voice,
    Messaging,
}

/// <summary>Who started it, or what did.</summary>
public enum SessionDirection
{
    Other,
    Inbound,
    Outbound,
    Scheduled,
    Callback,
    Campaign,
    Internal,
}

/// <summary>
/// A session type of either vocabulary: <c>session_type_v2</c> (current) or <c>call_type</c> / <c>chat_type</c> /
/// <c>session_type</c> (deprecated 2023-10-06). Taken from the words, so that values to come are understood as far as they go.
/// </summary>
/// <param name="Text">As the platform wrote it, such as <c>Voice Inbound (IVR)</c>.</param>
/// <param name="Medium">What the brackets say in today's words: <c>IVR</c>, <c>Mobile</c> (legacy <c>App</c>), <c>Web Chat</c>, ...</param>
public sealed record SessionType(string Text, SessionChannel Channel, SessionDirection Direction, string? Medium)
{
    /// <summary>Null when there is no text.</summary>
    public static SessionType? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var trimmed = text.Trim();
        var open = trimmed.IndexOf('(', StringComparison.Ordinal);
        var words = (open < 0 ? trimmed : trimmed[..open]).Trim();
        var medium = open < 0 ? null : trimmed[(open + 1)..].TrimEnd(')', ' ').Trim();

        if (Is(words, "IVR Call"))
        {
            return new SessionType(trimmed, SessionChannel.Voice, SessionDirection.Inbound, "IVR");
        }

        return new SessionType(trimmed, ChannelOf(words), DirectionOf(words, medium), Modern(medium));
    }

    public override string ToString() => Text;

    private static SessionChannel ChannelOf(string words) =>
        Has(words, "Voice") || Has(words, "Call") ? SessionChannel.Voice
        : Has(words, "Messaging") || Has(words, "Chat") ? SessionChannel.Messaging
        : SessionChannel.Other;

    /// <summary>Legacy SMS and WhatsApp values name no direction; "Incoming Call (Web)" is what became "Voice Callback (Web)".</summary>
    private static SessionDirection DirectionOf(string words, string? medium) =>
        Has(words, "Incoming") && medium is not null && Is(medium, "Web") ? SessionDirection.Callback
        : Has(words, "Inbound") || Has(words, "Incoming") ? SessionDirection.Inbound
        : Has(words, "Outbound") ? SessionDirection.Outbound
        : Has(words, "Scheduled") ? SessionDirection.Scheduled
        : Has(words, "Callback") ? SessionDirection.Callback
        : Has(words, "Campaign") ? SessionDirection.Campaign
        : Has(words, "Internal") ? SessionDirection.Internal
        : SessionDirection.Other;

    private static string? Modern(string? medium) => medium switch
    {
        null or "" => null,
        _ when Is(medium, "App") => "Mobile",
        _ when Is(medium, "App Chat") => "Mobile Chat",
        _ => medium,
    };

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
