using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Looks for mails that Email-to-Case took in: it keeps each as an EmailMessage with the Message-ID in <c>MessageIdentifier</c> and the
/// Case in <c>ParentId</c> (Object Reference, EmailMessage).
/// </summary>
internal sealed class SalesforceMailWitness(SalesforceClient client, Uri address)
{
    private const int IdsInQuery = 100;

    public async Task<IReadOnlyList<ProbeAnswer>> LookForAsync(IReadOnlyList<SentMail> mails, CancellationToken cancel)
    {
        var answers = new List<ProbeAnswer>(mails.Count);
        foreach (var chunk in mails.Chunk(IdsInQuery))
        {
            // With and without the angle brackets: mail clients that log mails by the API write either.
            var ids = chunk.SelectMany(mail => new[] { mail.MessageId, Bare(mail.MessageId) });
            var (answer, trouble) = await client.QueryAsync(
                $"SELECT Id, ParentId, MessageIdentifier FROM EmailMessage WHERE MessageIdentifier IN {Soql.List(ids)}", all: false, cancel);
            answers.AddRange(chunk.Select(mail => answer is null ? Unanswered(trouble!) : Answer(mail, answer.Records ?? [])));
        }

        return answers;
    }

    private ProbeAnswer Answer(SentMail mail, IReadOnlyList<JsonElement> records)
    {
        var found = records.Where(record => record.GetProperty("MessageIdentifier").GetString() is { } id && Bare(id) == Bare(mail.MessageId)).ToList();
        return found switch
        {
            [] => new ProbeAnswer.Absent(),
            [var first, ..] => new ProbeAnswer.Found(ReceiptOf(first, mail)),
        };
    }

    private Receipt ReceiptOf(JsonElement record, SentMail mail)
    {
        var parent = record.GetProperty("ParentId").GetString();
        return new Receipt(
            parent ?? mail.Parcel.Ticket.RecordId,
            record.GetProperty("Id").GetString(),
            Url: parent is null ? null : new Uri(address, parent).AbsoluteUri);
    }

    private static ProbeAnswer Unanswered(SalesforceTrouble trouble) => SalesforceFaults.Harmless(trouble) switch
    {
        // Without Email-to-Case there is no such object; that will not pass by itself.
        Outcome.Halted({ Reason: var reason }, _) when reason == ReasonCodes.ConnectorMisconfigured => Blind(),
        Outcome.Refused => Blind(),
        _ => SalesforceProbe.Answer(trouble, found: null),
    };

    private static ProbeAnswer.NeverTells Blind() => new(new Fault(
        ReasonCodes.HeldInDoubt, "The mail may have arrived, and the user may not read EmailMessage, or Email-to-Case is off."));

    private static string Bare(string messageId) => messageId.Trim('<', '>');
}
