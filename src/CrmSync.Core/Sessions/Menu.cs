namespace CrmSync.Core.Sessions;

/// <summary>Root key <c>selected_menu</c>: the queue the customer chose.</summary>
public sealed record SelectedMenu
{
    public long? Id { get; init; }

    public string? Name { get; init; }

    public long? ParentId { get; init; }

    public long? Position { get; init; }

    public bool? Deleted { get; init; }

    public bool? Hidden { get; init; }

    /// <summary><c>ivr_menu</c>, <c>mobile_menu</c> or <c>web_menu</c>.</summary>
    public string? MenuType { get; init; }

    public string? OutputMsg { get; init; }

    internal static SelectedMenu Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        Name = fields.Text("name"u8),
        ParentId = fields.Integer("parent_id"u8),
        Position = fields.Integer("position"u8),
        Deleted = fields.Flag("deleted"u8),
        Hidden = fields.Flag("hidden"u8),
        MenuType = fields.Text("menu_type"u8),
        OutputMsg = fields.Text("output_msg"u8),
    };
}

/// <summary>The way through the menus to a queue.</summary>
/// <param name="Name">Menu names joined by <c>/</c>, as in <c>Support/Orders/Returns</c>; may be empty.</param>
/// <param name="MaterializedPath">Their ids, as in <c>2420/4563/6205</c>.</param>
public sealed record MenuPath(long? ItemsCount, string? Name, string? MaterializedPath)
{
    internal static MenuPath Read(JsonFields fields) =>
        new(fields.Integer("items_count"u8), fields.Text("name"u8), fields.Text("materialized_path"u8));

    /// <summary>Public schemas type the menu paths of a transfer as plain text.</summary>
    internal static MenuPath? ReadLenient(JsonFields fields, ReadOnlySpan<byte> key) =>
        fields.Element.TryGetProperty(key, out var value) && value.ValueKind is System.Text.Json.JsonValueKind.String
            ? fields.Text(key) is { } name ? new MenuPath(null, name, null) : null
            : fields.One(key, Read);
}
