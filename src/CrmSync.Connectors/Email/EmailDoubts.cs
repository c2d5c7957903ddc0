using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Email;

/// <summary>
/// What becomes of a mail whose final dot was not answered. No mail server can be asked, so the setting <c>InDoubt</c> decides, unless a
/// pickup folder still holds the file.
/// </summary>
internal sealed class EmailDoubts(EmailOptions options, IMailTransport transport, EmailComposer composer, Func<IMailWitness>? witness)
{
    /// <summary>A mail that was taken needs a while until it is a note.</summary>
    public TimeSpan LookAfter => options.InDoubt == EmailInDoubt.Verify ? options.VerifyAfter : TimeSpan.Zero;

    /// <summary>Looking twice costs a little time; a second note stays for ever. Null: nobody looks.</summary>
    public TimeSpan? LookAgainAfter => options.InDoubt == EmailInDoubt.Verify ? options.VerifyAfter : null;

    public async Task<IReadOnlyList<ProbeAnswer>> AskAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var answers = parcels.Select(AskHere).ToArray();
        var open = answers.Index().Where(answer => answer.Item is null).Select(answer => answer.Index).ToList();
        if (open.Count > 0)
        {
            var seen = await witness!().LookForAsync([.. open.Select(i => new SentMail(composer.MessageIdOf(parcels[i].Delivery.Key), parcels[i]))], cancel);
            open.Index().ToList().ForEach(i => answers[i.Item] = Translate(seen[i.Index], parcels[i.Item]));
        }

        return answers!;
    }

    // Null when the CRM has to be asked.
    private ProbeAnswer? AskHere(Parcel parcel) => options.InDoubt switch
    {
        _ when transport.NameOfHeld(parcel.Delivery.Key) is { } name =>
            new ProbeAnswer.Found(composer.ReceiptOf(parcel) with { FileId = name, Confirmed = true }),
        EmailInDoubt.Resend => new ProbeAnswer.Absent(),
        EmailInDoubt.Hold => new ProbeAnswer.NeverTells(new Fault(ReasonCodes.HeldInDoubt, "The mail may have arrived, and InDoubt is Hold.")),
        EmailInDoubt.Verify => null,
        var other => throw new InvalidOperationException($"No rule for {other}."),
    };

    // The Message-ID stays the note's id: later mails refer to it. What the CRM calls the note is where its file would be.
    private ProbeAnswer Translate(ProbeAnswer seen, Parcel parcel) => seen is ProbeAnswer.Found(var note)
        ? new ProbeAnswer.Found(composer.ReceiptOf(parcel) with { FileId = note.NoteId, Url = note.Url, Confirmed = true })
        : seen;
}
