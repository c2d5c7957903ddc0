using System.Globalization;

namespace CrmSync.Simulators.Zendesk;

/// <summary>
/// Files waiting for a comment. A token is spent by the comment that names it and dies 60 minutes after the upload
/// (Attachments reference: "The token expires after 60 minutes"). Guarded by the account's lock.
/// </summary>
internal sealed class ZendeskUploads(ZendeskIds ids, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(60);

    private readonly Dictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    /// <summary>Uploads that no comment took and nobody deleted: what a careless client leaves behind.</summary>
    public int Abandoned => _uploads.Count;

    public Upload Add(string fileName, string contentType, byte[] content, string? token)
    {
        if (token is null || !_uploads.TryGetValue(token, out var upload))
        {
            var name = "up" + ids.Next().ToString("x", CultureInfo.InvariantCulture);
            upload = new Upload(name, clock.GetUtcNow() + Life, []);
            _uploads.Add(name, upload);
        }

        upload.Attachments.Add(new ZendeskAttachment(ids.Next(), fileName, contentType, content));
        return upload;
    }

    public bool IsLive(string token) => _uploads.TryGetValue(token, out var upload) && upload.ExpiresAt > clock.GetUtcNow();

    public IReadOnlyList<ZendeskAttachment> Take(string token) =>
        _uploads.Remove(token, out var upload) ? upload.Attachments : [];

    public bool Delete(string token) => IsLive(token) && _uploads.Remove(token);

    internal sealed record Upload(string Token, DateTimeOffset ExpiresAt, List<ZendeskAttachment> Attachments);
}

/// <summary>Ids as Zendesk gives them: large, rising, shared by all kinds of objects here.</summary>
internal sealed class ZendeskIds
{
    private long _last = 7_000_000_000_000;

    public long Next() => Interlocked.Increment(ref _last);
}
