using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>Looks on the tickets for notes that came by mail: by the attached file's name, or by the Message-ID in the mail's last line.</summary>
internal sealed class ZendeskMailWitness(ZendeskClient client, ZendeskTicketIds ids, ZendeskResolver resolver)
{
    /// <summary>Clocks differ, and a comment's time is Zendesk's.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<ProbeAnswer>> LookForAsync(IReadOnlyList<SentMail> mails, CancellationToken cancel)
    {
        var answers = new List<ProbeAnswer>(mails.Count);
        foreach (var mail in mails)
        {
            answers.Add(await LookForAsync(mail, cancel));
        }

        return answers;
    }

    private async Task<ProbeAnswer> LookForAsync(SentMail mail, CancellationToken cancel) =>
        await resolver.ResolveAsync(mail.Parcel.Shipment, cancel) switch
        {
            Resolution.Found(var ticket) => await LookOnAsync(ticket, mail, cancel),
            Resolution.NotYet(var fault) => new ProbeAnswer.CannotTell(fault),
            Resolution.Failed(Outcome.Deferred(var fault, var notBefore, _)) => new ProbeAnswer.CannotTell(fault, notBefore),
            Resolution.Failed(Outcome.Halted(var fault, var notBefore)) => new ProbeAnswer.CannotTell(fault, notBefore),
            _ => new ProbeAnswer.NeverTells(new Fault(ReasonCodes.HeldInDoubt, "The mail may have arrived, and the session names no ticket to look for it on.")),
        };

    private async Task<ProbeAnswer> LookOnAsync(TicketRef ticket, SentMail mail, CancellationToken cancel)
    {
        var since = (mail.Parcel.Delivery.FirstSentAt ?? DateTimeOffset.MinValue.Add(Slack)) - Slack;
        var id = ZendeskTicketIds.IdOf(ticket);
        string? after = null;
        for (var seen = 0; seen < ZendeskLimits.CommentsOnTicket; seen += ZendeskLimits.CommentsInPage)
        {
            var page = await client.ListCommentsAsync(id, after, cancel);
            if (page.Trouble is { } trouble && ZendeskFaults.IsNotFound(ZendeskFaults.ToOutcome(trouble)))
            {
                return new ProbeAnswer.Absent();
            }

            if (page.Value?.Comments is not { } comments)
            {
                return CannotTell(page.Trouble ?? new ZendeskTrouble(ZendeskTroubleKind.Unanswered));
            }

            if (comments.FirstOrDefault(comment => IsFrom(mail, comment)) is { } note)
            {
                var where = ids.Ref(id);
                return new ProbeAnswer.Found(new Receipt(where.RecordId, note.Id.ToString(CultureInfo.InvariantCulture), Url: where.Url));
            }

            after = page.Value.Meta?.AfterCursor;
            if (page.Value.Meta?.HasMore is not true || after is null || comments.Any(old => old.CreatedAt < since))
            {
                break;
            }
        }

        return new ProbeAnswer.Absent();
    }

    // The mail's text went through Zendesk's cleaning; what stands between the angle brackets survives that.
    private static bool IsFrom(SentMail mail, WireComment comment) =>
        ZendeskMarkers.IsOn(comment, mail.Parcel.Delivery.Key)
        || comment.Body?.Contains(mail.MessageId.Trim('<', '>'), StringComparison.Ordinal) is true;

    private static ProbeAnswer.CannotTell CannotTell(ZendeskTrouble trouble) => new(ZendeskFaults.FaultOf(trouble), trouble.RetryAfter);
}
