using CrmSync.Alerts;
using CrmSync.Console.Texts;

namespace CrmSync.Console.Views;

/// <summary>How an alert is headed, and where somebody looks at what it is about.</summary>
internal static class AlertView
{
    public static Text TitleOf(AlertKind kind) => kind switch
    {
        AlertKind.ConnectorPaused => AlertTexts.ConnectorPaused,
        AlertKind.NeedsPerson => AlertTexts.NeedsPerson,
        AlertKind.DeliveriesWaiting => AlertTexts.DeliveriesWaiting,
        AlertKind.SourceSilent => AlertTexts.SourceSilent,
        AlertKind.Quarantine => AlertTexts.Quarantine,
        AlertKind.LedgerTrouble => AlertTexts.LedgerTrouble,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An alert without words."),
    };

    public static string AddressOf(Alert alert) => alert.Kind switch
    {
        AlertKind.ConnectorPaused => $"/connectors/{Uri.EscapeDataString(alert.Subject)}",
        AlertKind.NeedsPerson => SessionFilter.AddressOf("person"),
        AlertKind.DeliveriesWaiting => SessionFilter.AddressOf("waiting"),
        AlertKind.Quarantine => "/quarantine",
        _ => "/",
    };
}
