namespace CrmSync.Simulators.Platform;

/// <summary>The words of one language. All of it is invented.</summary>
/// <param name="Notes"><c>{0}</c> stands for an order number.</param>
internal sealed record Vocabulary(string Language, Remark[] Remarks, string[] Notes, string[] Feedback)
{
    public static readonly Vocabulary[] All =
    [
        new(
            "en",
            [
                new("Orders/Returns/Label sent", "RET-03", null), new("Orders/Delivery/Parcel late", "DEL-02", null),
                new("Billing/Charges/Refund agreed", "BIL-11", null), new("General/Wrong number", "GEN-01", null),
            ],
            [
                "Order {0} arrived with a torn seam. Return label mailed, refund once it is back.",
                "Asked where order {0} is. Carrier lost it at the depot; new parcel leaves tomorrow.\nWill call back Friday before noon.",
                "Charged twice for {0}: second hold released. Ref {{ RF-{0} }} quoted to the customer.",
                "=HYPERLINK(\"x\") was in the customer's mail about {0}; told them not to open <b>such</b> mails & logged it.",
                "Customer happy with the fix for {0} 👍🏽 - nothing more to do.",
            ],
            ["Quick and friendly.", "Had to explain it twice.", "Hold music was too loud, agent was great"]),
        new(
            "es",
            [
                new("Pedidos/Devoluciones/Etiqueta enviada", "RET-03", null), new("Pedidos/Entrega/Paquete dañado", "DEL-09", null),
                new("Facturación/Cargos/Reembolso acordado", "BIL-11", null),
            ],
            [
                "El pedido {0} llegó con la caja rota. Se envía otro mañana; la clienta prefiere que la llamen por la tarde.",
                "Preguntó por el cargo del pedido {0}. ¿Duplicado? Sí: reembolso en 3 días.",
                "Se explicó el plazo de devolución de {0}. Sin más dudas.",
            ],
            ["Muy amable, gracias.", "Tardaron en contestar."]),
        new(
            "pt",
            [new("Pedidos/Entrega/Atraso", "DEL-02", null), new("Cobrança/Reembolso combinado", "BIL-11", null)],
            [
                "O pedido {0} está atrasado; transportadora avisada. Retorno amanhã às 10h.",
                "Cliente não reconhece a cobrança de {0}. Estorno solicitado, prazo de 5 dias úteis.",
            ],
            ["Ótimo atendimento!", "A ligação caiu uma vez."]),
        new(
            "de",
            [new("Bestellungen/Rücksendung/Etikett verschickt", "RET-03", null), new("Rechnung/Gutschrift vereinbart", "BIL-11", null)],
            [
                "Bestellung {0} mit falscher Größe geliefert. Rücksendeetikett verschickt, Umtausch läuft.",
                "Rückfrage zur Rechnung über {0} €: Mahnung war überflüssig, Gutschrift gebucht.",
            ],
            ["Schnelle Hilfe, danke!", "Zu lange gewartet."]),
        new(
            "fr",
            [new("Commandes/Livraison/Colis en retard", "DEL-02", null), new("Facturation/Remboursement accordé", "BIL-11", null)],
            [
                "Commande {0} bloquée au dépôt depuis mardi ; réexpédition demandée, l'adresse a été vérifiée.",
                "Double prélèvement pour {0}. Remboursement accordé sous 48 h.",
            ],
            ["Parfait, merci.", "Un peu long."]),
        new(
            "ja",
            [new("注文/返品/ラベル送付済み", "RET-03", null), new("請求/返金対応", "BIL-11", null)],
            [
                "注文{0}の商品に傷あり。返品ラベルを送付し、交換品を手配済み。",
                "注文{0}の二重請求を確認。返金まで三営業日と案内した。",
            ],
            ["丁寧な対応でした。", "待ち時間が長かったです。"]),
    ];
}
