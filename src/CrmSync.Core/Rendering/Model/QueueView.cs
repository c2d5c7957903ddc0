namespace CrmSync.Core.Rendering.Model;

/// <summary>One wait in one queue.</summary>
/// <param name="InServiceLevel">Null: the file does not say.</param>
/// <param name="AfterTransfer">The customer was sent there by an agent.</param>
public sealed record QueueView(string Path, string? Wait, long? WaitSeconds, bool? InServiceLevel, bool AfterTransfer);

internal static class QueueViews
{
    public static IReadOnlyList<QueueView> Of(NoteScope scope) =>
    [
        .. scope.Session.QueueDurations.Select(row => new QueueView(
            scope.Text.Line("menu_path", row.MenuPath) ?? "/",
            NoteScope.InWords(row.Duration),
            NoteScope.Seconds(row.Duration),
            row.ServiceLevelEvent switch { "in_sla" => true, "not_in_sla" => false, _ => null },
            row.Transfer is true)),
    ];
}
