using System.Collections.Concurrent;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>A file at Zendesk that no comment has taken yet.</summary>
/// <param name="Reused">It was uploaded for an earlier try: Zendesk may have dropped or used it since.</param>
internal sealed record UploadedFile(string Token, long? AttachmentId, DateTimeOffset At, bool Reused = false);

/// <summary>
/// Uploads late, uses young uploads again when a delivery is tried again, and takes back those that nobody will use: until then anybody
/// signed in who knows its address can read an upload (Attachments reference).
/// </summary>
internal sealed class ZendeskUploads(ZendeskClient client, ZendeskOptions options, TimeProvider clock)
{
    private const int KeptMax = 10_000;

    private readonly ConcurrentDictionary<DeliveryKey, UploadedFile> _waiting = new();

    /// <returns>The file, or what kept it away; then nothing was put on a ticket.</returns>
    public async Task<(UploadedFile? File, Outcome? Failure)> UploadAsync(Parcel parcel, CancellationToken cancel)
    {
        if (_waiting.TryGetValue(parcel.Delivery.Key, out var known) && clock.GetUtcNow() - known.At < ZendeskLimits.UploadReuse)
        {
            return (known with { Reused = true }, null);
        }

        var file = parcel.Attachment;
        var reply = await client.UploadAsync(NameOf(file), file.ContentType, file.Content, cancel);

        if (reply.Trouble is { } trouble)
        {
            return (null, ZendeskFaults.OfUpload(trouble));
        }

        if (reply.Value?.Upload is not { Token: { Length: > 0 } token } upload)
        {
            return (null, ZendeskFaults.Harmless(new ZendeskTrouble(ZendeskTroubleKind.Unanswered)));
        }

        var fresh = new UploadedFile(token, upload.Attachment?.Id, clock.GetUtcNow());
        Keep(parcel.Delivery.Key, fresh);
        return (fresh, null);
    }

    /// <summary>A comment took it, or Zendesk no longer knows it.</summary>
    public void Forget(DeliveryKey key) => _waiting.TryRemove(key, out _);

    /// <summary>After a write: a file that is on a ticket or lost is forgotten, one that nobody will use is taken back, others wait.</summary>
    /// <returns><paramref name="outcome"/>.</returns>
    public async Task<Outcome> SettleAsync(DeliveryKey key, Outcome outcome, CancellationToken cancel)
    {
        switch (outcome)
        {
            case Outcome.Delivered or Outcome.AlreadyDelivered:
            case Outcome.Deferred(var fault, _, _) when fault == ZendeskJobOutcomes.UploadGone:
                Forget(key);
                break;
            case Outcome.Refused or Outcome.Skipped:
                await AbandonAsync(key, cancel);
                break;
        }

        return outcome;
    }

    /// <summary>Nobody will use it. If Zendesk cannot be asked now, it dies by itself within the hour.</summary>
    public async Task AbandonAsync(DeliveryKey key, CancellationToken cancel)
    {
        if (_waiting.TryRemove(key, out var file))
        {
            await client.DeleteUploadAsync(file.Token, cancel);
        }
    }

    private void Keep(DeliveryKey key, UploadedFile file)
    {
        if (_waiting.Count >= KeptMax)
        {
            foreach (var old in _waiting.Where(waiting => clock.GetUtcNow() - waiting.Value.At >= ZendeskLimits.UploadReuse).ToList())
            {
                _waiting.TryRemove(old);
            }
        }

        if (_waiting.Count < KeptMax)
        {
            _waiting[key] = file;
        }
    }

    private string NameOf(Attachment file) =>
        options.AttachmentExtension == "json" ? file.FileName : Path.ChangeExtension(file.FileName, options.AttachmentExtension);
}
