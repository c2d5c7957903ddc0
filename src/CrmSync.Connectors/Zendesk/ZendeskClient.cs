using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using CrmSync.Connectors.Shared;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// The Support API, one method an endpoint, each one request. Signs in, renews a token once on 401, keeps the quota's books. Reads that got
/// no answer are sent again by the <see cref="ReadPipeline"/>; writes never are.
/// </summary>
internal sealed class ZendeskClient(ZendeskHttp http, ZendeskAuth auth, ZendeskQuota quota, TimeProvider clock)
{
    private const string Api = "api/v2/";

    private readonly ReadPipeline _reads = new(clock);

    /// <summary><c>POST /uploads</c>. Leaves a file that belongs to no ticket and dies by itself; repeating is harmless.</summary>
    public Task<ZendeskReply<UploadReply>> UploadAsync(
        string fileName, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        WriteAsync(
            () => http.Bytes(HttpMethod.Post, $"{Api}uploads?filename={Uri.EscapeDataString(fileName)}", content, contentType),
            ZendeskJson.Default.UploadReply,
            cancel);

    /// <summary><c>DELETE /uploads/{token}</c>. 404 when it was used or died.</summary>
    public Task<ZendeskReply<Nothing>> DeleteUploadAsync(string token, CancellationToken cancel) =>
        WriteAsync(() => http.Plain(HttpMethod.Delete, $"{Api}uploads/{Uri.EscapeDataString(token)}"), ZendeskJson.Default.Nothing, cancel);

    /// <summary><c>GET /tickets/{id}</c>.</summary>
    public Task<ZendeskReply<TicketReply>> ShowTicketAsync(long id, CancellationToken cancel) =>
        ReadAsync($"{Api}tickets/{Text(id)}", ZendeskJson.Default.TicketReply, cancel);

    /// <summary><c>GET /tickets/show_many</c>, at most 100. Tickets that do not exist are absent from the answer.</summary>
    public Task<ZendeskReply<TicketsReply>> ShowTicketsAsync(IEnumerable<long> ids, CancellationToken cancel) => ReadAsync(
        $"{Api}tickets/show_many?ids={string.Join(',', ids.Select(Text))}", ZendeskJson.Default.TicketsReply, cancel);

    /// <summary><c>GET /tickets?external_id=</c>. Finds no archived tickets; the id need not be unique.</summary>
    public Task<ZendeskReply<TicketsReply>> FindByExternalIdAsync(string externalId, CancellationToken cancel) => ReadAsync(
        $"{Api}tickets?external_id={Uri.EscapeDataString(externalId)}", ZendeskJson.Default.TicketsReply, cancel);

    /// <summary><c>GET /search</c>. The index lags by minutes, and matches of people are fuzzy.</summary>
    public Task<ZendeskReply<SearchReply>> SearchAsync(string query, CancellationToken cancel) => ReadAsync(
        $"{Api}search?query={Uri.EscapeDataString(query)}", ZendeskJson.Default.SearchReply, cancel);

    /// <summary><c>PUT /tickets/{id}</c>. Not idempotent: sent again it adds the comment again, unless it is a safe update.</summary>
    public Task<ZendeskReply<TicketReply>> UpdateTicketAsync(long id, TicketPatch patch, CancellationToken cancel) => WriteAsync(
        () => http.Json(HttpMethod.Put, $"{Api}tickets/{Text(id)}", new TicketWrite(patch), ZendeskJson.Default.TicketWrite),
        ZendeskJson.Default.TicketReply,
        cancel,
        ZendeskLane.Updates);

    /// <summary><c>POST /tickets</c>. Idempotent for two hours by <paramref name="key"/> (at most 255 characters).</summary>
    public Task<ZendeskReply<TicketReply>> CreateTicketAsync(TicketPatch patch, string key, CancellationToken cancel) => WriteAsync(
        () =>
        {
            var request = http.Json(HttpMethod.Post, $"{Api}tickets", new TicketWrite(patch), ZendeskJson.Default.TicketWrite);
            request.Headers.Add("Idempotency-Key", key);
            return request;
        },
        ZendeskJson.Default.TicketReply,
        cancel);

    /// <summary><c>PUT /tickets/update_many</c>, at most 100 different tickets. Queues a job; always a safe update. Not idempotent.</summary>
    public Task<ZendeskReply<JobReply>> UpdateTicketsAsync(IReadOnlyList<TicketPatch> patches, CancellationToken cancel) => WriteAsync(
        () => http.Json(HttpMethod.Put, $"{Api}tickets/update_many", new TicketsWrite(patches), ZendeskJson.Default.TicketsWrite),
        ZendeskJson.Default.JobReply,
        cancel,
        ZendeskLane.Jobs);

    /// <summary><c>GET /job_statuses/show_many</c>, at most 100. Jobs are kept for a day.</summary>
    public Task<ZendeskReply<JobsReply>> ShowJobsAsync(IEnumerable<string> ids, CancellationToken cancel) => ReadAsync(
        $"{Api}job_statuses/show_many?ids={string.Join(',', ids.Select(Uri.EscapeDataString))}", ZendeskJson.Default.JobsReply, cancel);

    /// <summary><c>GET /job_statuses</c>: the latest 100 jobs of the account, those that have not ended first.</summary>
    public Task<ZendeskReply<JobsReply>> ListJobsAsync(CancellationToken cancel) => ReadAsync(
        $"{Api}job_statuses?page[size]={ZendeskLimits.TicketsInJob}", ZendeskJson.Default.JobsReply, cancel);

    /// <summary><c>GET /tickets/{id}/comments</c>, newest first, 100 a page.</summary>
    public Task<ZendeskReply<CommentsReply>> ListCommentsAsync(long ticket, string? after, CancellationToken cancel)
    {
        var page = after is null ? "" : $"&page[after]={Uri.EscapeDataString(after)}";
        var path = $"{Api}tickets/{Text(ticket)}/comments?sort=-created_at&page[size]={ZendeskLimits.CommentsInPage}{page}";
        return ReadAsync(path, ZendeskJson.Default.CommentsReply, cancel);
    }

    /// <summary><c>PUT /tickets/{id}/tags</c>: adds; repeating is harmless.</summary>
    public Task<ZendeskReply<Nothing>> AddTagsAsync(long ticket, IReadOnlyList<string> tags, CancellationToken cancel) => WriteAsync(
        () => http.Json(HttpMethod.Put, $"{Api}tickets/{Text(ticket)}/tags", new TagsWrite(tags), ZendeskJson.Default.TagsWrite),
        ZendeskJson.Default.Nothing,
        cancel);

    /// <summary><c>PUT …/attachments/{id}/redact</c>: the file becomes an empty <c>redacted.txt</c>, for good.</summary>
    public Task<ZendeskReply<Nothing>> RedactAsync(long ticket, long comment, long attachment, CancellationToken cancel) => WriteAsync(
        () => http.Plain(HttpMethod.Put, $"{Api}tickets/{Text(ticket)}/comments/{Text(comment)}/attachments/{Text(attachment)}/redact"),
        ZendeskJson.Default.Nothing,
        cancel);

    /// <summary><c>GET /users/me</c>.</summary>
    public Task<ZendeskReply<UserReply>> ShowMeAsync(CancellationToken cancel) =>
        ReadAsync($"{Api}users/me", ZendeskJson.Default.UserReply, cancel);

    /// <summary><c>GET /users/search?query=email:…</c>.</summary>
    public Task<ZendeskReply<UsersReply>> FindUsersAsync(string email, CancellationToken cancel) => ReadAsync(
        $"{Api}users/search?query={Uri.EscapeDataString($"email:{email}")}", ZendeskJson.Default.UsersReply, cancel);

    /// <summary><c>GET /ticket_fields</c>.</summary>
    public Task<ZendeskReply<FieldsReply>> ListFieldsAsync(CancellationToken cancel) =>
        ReadAsync($"{Api}ticket_fields", ZendeskJson.Default.FieldsReply, cancel);

    private Task<ZendeskReply<T>> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class => SignedAsync(
            header => _reads.RunAsync(
                token => SendOnceAsync(header, () => http.Plain(HttpMethod.Get, path), type, ZendeskLane.Account, token),
                () => ZendeskReply<T>.GivenUp(cancel),
                cancel),
            cancel);

    private Task<ZendeskReply<T>> WriteAsync<T>(
        Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken cancel, ZendeskLane lane = ZendeskLane.Account)
        where T : class => SignedAsync(header => SendOnceAsync(header, make, type, lane, cancel), cancel);

    private async Task<ZendeskReply<T>> SignedAsync<T>(Func<AuthenticationHeaderValue, Task<ZendeskReply<T>>> send, CancellationToken cancel)
        where T : class
    {
        var access = await auth.SignInAsync(refused: null, cancel);
        var reply = access.Value is { } header ? await send(header) : new(Value: null, access.Trouble);

        // 401 means that nothing was done, so the same request may go out again: once, with another token.
        if (reply.Trouble?.Status is not HttpStatusCode.Unauthorized || access.Value is null || auth.IsLegacy)
        {
            return reply;
        }

        var renewed = await auth.SignInAsync(access.Value, cancel);
        return renewed.Value is { } another ? await send(another) : new(Value: null, renewed.Trouble);
    }

    private async Task<ZendeskReply<T>> SendOnceAsync<T>(
        AuthenticationHeaderValue header, Func<HttpRequestMessage> make, JsonTypeInfo<T> type, ZendeskLane lane, CancellationToken cancel)
        where T : class
    {
        quota.Count(lane);
        var (reply, headers) = await http.SendAsync(() => Signed(make(), header), type, cancel);

        if (headers is null)
        {
            return reply;
        }

        var limit = quota.Learn(headers, lane, ZendeskFaults.AskedToWait(reply.Trouble));
        return limit is ZendeskLimitOn.Nothing ? reply : reply with { Trouble = reply.Trouble! with { Limit = limit } };
    }

    private static HttpRequestMessage Signed(HttpRequestMessage request, AuthenticationHeaderValue header)
    {
        request.Headers.Authorization = header;
        return request;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
