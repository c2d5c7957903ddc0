using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>A row of <c>deflection_details</c>.</summary>
public sealed record DeflectionDetail(long? Id, long? CallId, long? TransferId, string? Deflection, MenuPath? FromMenuPath)
{
    internal static DeflectionDetail Read(JsonFields fields) => new(
        fields.Integer("id"u8),
        fields.Integer("call_id"u8) ?? fields.Integer("chat_id"u8),
        fields.Integer("transfer_id"u8),
        fields.Text("deflection"u8),
        MenuPath.ReadLenient(fields, "from_menu_path"u8));
}

/// <summary>A row of <c>offer_events</c>: a group the session was offered to.</summary>
public sealed record OfferEvent(decimal? CastingTime, string? Group)
{
    internal static OfferEvent Read(JsonFields fields) => new(fields.Number("casting_time"u8), fields.Text("group"u8));
}

/// <summary>Root key <c>automation_redirection</c>.</summary>
public sealed record AutomationRedirection(decimal? PercentRedirection, IReadOnlyList<RedirectionGroup> RedirectionGroup)
{
    internal static AutomationRedirection Read(JsonFields fields) => new(
        fields.Number("percent_redirection"u8),
        fields.Many("redirection_group"u8, Sessions.RedirectionGroup.Read));
}

/// <summary>A row of <c>redirection_group</c>; destinations stay JSON.</summary>
public sealed record RedirectionGroup(string? GroupLabel, bool? AfterHours, JsonElement Json)
{
    internal static RedirectionGroup Read(JsonFields fields) =>
        new(fields.Text("group_label"u8), fields.Flag("after_hours"u8), fields.Element);
}
