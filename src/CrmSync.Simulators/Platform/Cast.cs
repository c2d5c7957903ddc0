namespace CrmSync.Simulators.Platform;

/// <summary>Who works there and which queues they serve. All of it is invented.</summary>
internal static class Cast
{
    public static readonly Agent[] Agents =
    [
        new(301, "Maren", "Oduya"), new(302, "Jonas", "Faulkner"), new(303, "Adaeze", "Lindqvist"), new(304, "Rubén", "Castellví"),
        new(305, "Yuki", "Hanamura"), new(306, "Inês", "Barroso"), new(307, "Clémence", "Aubertin"), new(308, "Tobias", "Grünwald"),
    ];

    public static readonly Queue[] CallQueues =
    [
        new(511, "Support/Orders/Returns", "3100/3110/3111"), new(512, "Support/Orders/Delivery", "3100/3110/3112"),
        new(513, "Support/Billing", "3100/3120"), new(514, "Sales/New customers", "3200/3210"),
    ];

    public static readonly Queue[] ChatQueues =
    [
        new(611, "Help/Delivery", "4100/4110"), new(612, "Help/Billing", "4100/4120"), new(613, "Help/Product advice", "4100/4130"),
    ];

    public static readonly string[] CallTypes =
        ["Voice Inbound (IVR)", "Voice Inbound (Mobile)", "Voice Callback (Web)", "Voice Outbound", "Voice Scheduled (Web)"];

    public static readonly string[] ChatTypes =
        ["Messaging Inbound (Web Chat)", "Messaging Inbound (Mobile Chat)", "Messaging (WhatsApp)", "Messaging Inbound (SMS)"];

    public static readonly Unattended[] CallsUnattended =
    [
        new("deflected", "nothing", "after_hours_message_only"), new("failed", "eu_abandoned", "no_deflection"),
        new("failed", "eu_in_menu_abandoned", "no_deflection"),
    ];

    public static readonly Unattended[] ChatsUnattended =
        [new("no_response", "no_response", "no_deflection"), new("canceled", "nothing", "no_deflection")];
}
