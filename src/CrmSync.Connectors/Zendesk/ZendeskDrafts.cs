using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>A ticket's update, complete but for the stamp.</summary>
internal sealed record ZendeskDraft(Parcel Parcel, TicketPatch Patch, UploadedFile? File)
{
    public long TicketId => ZendeskTicketIds.IdOf(Parcel.Ticket);

    public DeliveryKey Key => Parcel.Delivery.Key;

    /// <summary>The same note with another upload of its file.</summary>
    public ZendeskDraft With(UploadedFile file) => this with
    {
        File = file,
        Patch = Patch with { Comment = Patch.Comment with { Uploads = [file.Token] } },
    };
}

/// <summary>Makes drafts: uploads the file, finds the author, composes the comment with its markers.</summary>
internal sealed class ZendeskDrafts(ZendeskUploads uploads, ZendeskAuthors authors, ZendeskNotes notes, ZendeskQuota quota)
{
    /// <param name="lane">How the draft will be sent.</param>
    /// <returns>A draft, or what kept it from being made; then nothing was put on a ticket.</returns>
    public async Task<(ZendeskDraft? Draft, Outcome? Failure)> PrepareAsync(Parcel parcel, ZendeskLane lane, CancellationToken cancel)
    {
        // Asked for each draft, not once a batch: a hundred uploads can use up a small account's minute half-way.
        if (quota.WaitFor(lane) is { } wait)
        {
            return (null, OverQuota(wait));
        }

        var (comment, holdsJson) = notes.Compose(parcel);
        var (file, failure) = holdsJson ? (null, null) : await uploads.UploadAsync(parcel, cancel);

        if (failure is not null)
        {
            return (null, failure);
        }

        var delivery = parcel.Delivery;
        return (new ZendeskDraft(
            parcel,
            new TicketPatch(comment with
            {
                AuthorId = await authors.AuthorOfAsync(parcel.Session, cancel),
                Uploads = file is null ? null : [file.Token],
            })
            {
                CustomFields = notes.Fields(parcel),
                Metadata = new NoteMetadata(new NoteOrigin(delivery.Key.Value, delivery.Session.ToString(), delivery.Revision)),
            },
            file), null);
    }

    /// <summary>Nothing is sent until <paramref name="wait"/> is over.</summary>
    public static Outcome OverQuota(TimeSpan wait) => new Outcome.Deferred(
        new Fault(ReasonCodes.QuotaExhausted, "CrmSync's share of the account's API requests is used up for the moment."), wait, SpendsAttempt: false);
}
