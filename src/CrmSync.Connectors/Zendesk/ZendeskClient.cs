using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace CrmSync.Connectors.Zendesk;

/// <summary>The Support API, one method an endpoint, each one request. Signs in, renews a token once on 401, keeps the quota's books.</summary>
internal sealed class ZendeskClient(ZendeskHttp http, ZendeskAuth auth, ZendeskQuota quota)
{
    private const string Api = "api/v2/";

    /// <summary><c>POST /uploads</c>. Leaves a file that belongs to no ticket and dies by itself; repeating is harmless.</summary>
    public Task<ZendeskReply<UploadReply>> UploadAsync(
        string fileName, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        SendAsync(
            () => http.Bytes(HttpMethod.Post, $"{Api}uploads?filename={Uri.EscapeDataString(fileName)}", content, contentType),
            ZendeskJson.Default.UploadReply,
            cancel);

    /// <summary><c>DELETE /uploads/{token}</c>. 404 when it was used or died.</summary>
    public Task<ZendeskReply<Nothing>> DeleteUploadAsync(string token, CancellationToken cancel) =>
        SendAsync(() => http.Plain(HttpMethod.Delete, $"{Api}uploads/{Uri.EscapeDataString(token)}"), ZendeskJson.Default.Nothing, cancel);

    /// <summary><c>GET /tickets/{id}</c>.</summary>
    public Task<ZendeskReply<TicketReply>> ShowTicketAsync(long id, CancellationToken cancel) =>
        SendAsync(() => http.Plain(HttpMethod.Get, $"{Api}tickets/{Text(id)}"), ZendeskJson.Default.TicketReply, cancel);

    /// <summary><c>GET /tickets/show_many</c>, at most 100. Tickets that do not exist are absent from the answer.</summary>
    public Task<ZendeskReply<TicketsReply>> ShowTicketsAsync(IEnumerable<long> ids, CancellationToken cancel) => SendAsync(
        () => http.Plain(HttpMethod.Get, $"{Api}tickets/show_many?ids={string.Join(',', ids.Select(Text))}"),
        ZendeskJson.Default.TicketsReply,
        cancel);

    /// <summary><c>GET /tickets?external_id=</c>. Finds no archived tickets; the id need not be unique.</summary>
    public Task<ZendeskReply<TicketsReply>> FindByExternalIdAsync(string externalId, CancellationToken cancel) => SendAsync(
        () => http.Plain(HttpMethod.Get, $"{Api}tickets?external_id={Uri.EscapeDataString(externalId)}"),
        ZendeskJson.Default.TicketsReply,
        cancel);

    /// <summary><c>PUT /tickets/{id}</c>. Not idempotent: sent again it adds the comment again, unless it is a safe update.</summary>
    public Task<ZendeskReply<TicketReply>> UpdateTicketAsync(long id, TicketPatch patch, CancellationToken cancel) => SendAsync(
        () => http.Json(HttpMethod.Put, $"{Api}tickets/{Text(id)}", new TicketWrite(patch), ZendeskJson.Default.TicketWrite),
        ZendeskJson.Default.TicketReply,
        cancel,
        ZendeskLane.Updates);

    /// <summary><c>POST /tickets</c>. Idempotent for two hours by <paramref name="key"/> (at most 255 characters).</summary>
    public Task<ZendeskReply<TicketReply>> CreateTicketAsync(TicketPatch patch, string key, CancellationToken cancel) => SendAsync(
        () =>
        {
            var request = http.Json(HttpMethod.Post, $"{Api}tickets", new TicketWrite(patch), ZendeskJson.Default.TicketWrite);
            request.Headers.Add("Idempotency-Key", key);
            return request;
        },
        ZendeskJson.Default.TicketReply,
        cancel);

    /// <summary><c>PUT /tickets/update_many</c>, at most 100 different tickets. Queues a job; always a safe update. Not idempotent.</summary>
    public Task<ZendeskReply<JobReply>> UpdateTicketsAsync(IReadOnlyList<TicketPatch> patches, CancellationToken cancel) => SendAsync(
        () => http.Json(HttpMethod.Put, $"{Api}tickets/update_many", new TicketsWrite(patches), ZendeskJson.Default.TicketsWrite),
        ZendeskJson.Default.JobReply,
        cancel,
        ZendeskLane.Jobs);

    /// <summary><c>GET /job_statuses/show_many</c>, at most 100. Jobs are kept for a day.</summary>
    public Task<ZendeskReply<JobsReply>> ShowJobsAsync(IEnumerable<string> ids, CancellationToken cancel) => SendAsync(
        () => http.Plain(HttpMethod.Get, $"{Api}job_statuses/show_many?ids={string.Join(',', ids.Select(Uri.EscapeDataString))}"),
        ZendeskJson.Default.JobsReply,
        cancel);

    /// <summary><c>GET /job_statuses</c>: the latest jobs of the account.</summary>
    public Task<ZendeskReply<JobsReply>> ListJobsAsync(CancellationToken cancel) =>
        SendAsync(() => http.Plain(HttpMethod.Get, $"{Api}job_statuses"), ZendeskJson.Default.JobsReply, cancel);

    /// <summary><c>GET /tickets/{id}/comments</c>, newest first, 100 a page.</summary>
    public Task<ZendeskReply<CommentsReply>> ListCommentsAsync(long ticket, string? after, CancellationToken cancel)
    {
        var page = after is null ? "" : $"&page[after]={Uri.EscapeDataString(after)}";
        var path = $"{Api}tickets/{Text(ticket)}/comments?sort=-created_at&page[size]={ZendeskLimits.CommentsInPage}{page}";
        return SendAsync(() => http.Plain(HttpMethod.Get, path), ZendeskJson.Default.CommentsReply, cancel);
    }

    /// <summary><c>PUT /tickets/{id}/tags</c>: adds; repeating is harmless.</summary>
    public Task<ZendeskReply<Nothing>> AddTagsAsync(long ticket, IReadOnlyList<string> tags, CancellationToken cancel) => SendAsync(
        () => http.Json(HttpMethod.Put, $"{Api}tickets/{Text(ticket)}/tags", new TagsWrite(tags), ZendeskJson.Default.TagsWrite),
        ZendeskJson.Default.Nothing,
        cancel);

    /// <summary><c>PUT …/attachments/{id}/redact</c>: the file becomes an empty <c>redacted.txt</c>, for good.</summary>
    public Task<ZendeskReply<Nothing>> RedactAsync(long ticket, long comment, long attachment, CancellationToken cancel) => SendAsync(
        () => http.Plain(HttpMethod.Put, $"{Api}tickets/{Text(ticket)}/comments/{Text(comment)}/attachments/{Text(attachment)}/redact"),
        ZendeskJson.Default.Nothing,
        cancel);

    /// <summary><c>GET /users/me</c>.</summary>
    public Task<ZendeskReply<UserReply>> ShowMeAsync(CancellationToken cancel) =>
        SendAsync(() => http.Plain(HttpMethod.Get, $"{Api}users/me"), ZendeskJson.Default.UserReply, cancel);

    /// <summary><c>GET /users/search?query=email:…</c>.</summary>
    public Task<ZendeskReply<UsersReply>> FindUsersAsync(string email, CancellationToken cancel) => SendAsync(
        () => http.Plain(HttpMethod.Get, $"{Api}users/search?query={Uri.EscapeDataString($"email:{email}")}"),
        ZendeskJson.Default.UsersReply,
        cancel);

    /// <summary><c>GET /ticket_fields</c>.</summary>
    public Task<ZendeskReply<FieldsReply>> ListFieldsAsync(CancellationToken cancel) =>
        SendAsync(() => http.Plain(HttpMethod.Get, $"{Api}ticket_fields"), ZendeskJson.Default.FieldsReply, cancel);

    private async Task<ZendeskReply<T>> SendAsync<T>(
        Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken cancel, ZendeskLane lane = ZendeskLane.Account)
        where T : class
    {
        var access = await auth.SignInAsync(refused: null, cancel);
        var reply = await SendOnceAsync(access, make, type, lane, cancel);

        // 401 means that nothing was done, so the same request may go out again: once, with another token.
        if (reply.Trouble?.Status is not HttpStatusCode.Unauthorized || access.Value is null || auth.IsLegacy)
        {
            return reply;
        }

        var renewed = await auth.SignInAsync(access.Value, cancel);
        return await SendOnceAsync(renewed, make, type, lane, cancel);
    }

    private async Task<ZendeskReply<T>> SendOnceAsync<T>(
        ZendeskReply<AuthenticationHeaderValue> access,
        Func<HttpRequestMessage> make,
        JsonTypeInfo<T> type,
        ZendeskLane lane,
        CancellationToken cancel)
        where T : class
    {
        if (access.Value is not { } header)
        {
            return new(Value: null, access.Trouble);
        }

        quota.Count();
        var (reply, headers) = await http.SendAsync(() => Signed(make(), header), type, cancel);

        if (headers is not null)
        {
            quota.Learn(headers, lane, ZendeskFaults.AskedToWait(reply.Trouble));
        }

        return reply;
    }

    private static HttpRequestMessage Signed(HttpRequestMessage request, AuthenticationHeaderValue header)
    {
        request.Headers.Authorization = header;
        return request;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
