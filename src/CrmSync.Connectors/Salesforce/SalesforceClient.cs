using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CrmSync.Connectors.Shared;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.Logging;
using Microsoft.IO;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// The org's REST API, one method an endpoint. A 401 means that the request was not run: it is sent once more after one login. Besides that
/// only reads are sent again, by the <see cref="ReadPipeline"/>; writes never are.
/// </summary>
internal sealed partial class SalesforceClient(
    SalesforceOptions options, SalesforceHttp http, SalesforceAuth auth, TimeProvider clock, ILogger<SalesforceClient> logger)
{
    /// <summary>Pages of one query, 2,000 records each.</summary>
    private const int PagesMax = 25;

    /// <summary>From this size on a body is sent compressed (headers, "Compression").</summary>
    private const int CompressedFrom = 2_048;

    /// <summary>Bytes a second that any line to Salesforce carries; adds to the time a large file may take.</summary>
    private const double SlowestBytesPerSecond = 100_000;

    private readonly ReadPipeline _reads = new(clock);
    private volatile string? _warning;

    public SalesforceQuota Quota { get; } = new(options.QuotaShare, clock);

    /// <summary>What Salesforce announced with its answers, e.g. that the API version will end; null when nothing.</summary>
    public string? Announcement => _warning;

    /// <summary>Path before a resource, e.g. <c>/services/data/v67.0/</c>; also for nodes of composite calls.</summary>
    public string Root { get; } = $"/services/data/v{options.ApiVersion}/";

    /// <summary><c>POST composite/graph</c>: each graph is a transaction; 1 call. Idempotent when each graph starts with the ledger's unique key.</summary>
    /// <param name="request">Read once for every time it is sent.</param>
    public Task<SalesforceReply<GraphAnswers>> GraphAsync(RecyclableMemoryStream request, CancellationToken cancel) =>
        WriteAsync(HttpMethod.Post, "composite/graph", () => Json(request), SalesforceJson.Wire.GraphAnswers, cancel);

    /// <summary><c>POST composite</c>: up to 25 nodes; 1 call. Idempotent when one of them is the ledger's row and all or none is asked for.</summary>
    public Task<SalesforceReply<CompositeAnswer>> CompositeAsync(CompositeRequest composite, CancellationToken cancel)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(composite, SalesforceJson.Wire.CompositeRequest);
        return WriteAsync(HttpMethod.Post, "composite", () => Json(request), SalesforceJson.Wire.CompositeAnswer, cancel);
    }

    /// <summary><c>POST composite</c> of up to five collections, 200 records each; 1 call. Idempotent as above.</summary>
    public Task<SalesforceReply<CompositeAnswer>> CompositeAsync(CollectionsRequest composite, CancellationToken cancel)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(composite, SalesforceJson.Wire.CollectionsRequest);
        return WriteAsync(HttpMethod.Post, "composite", () => Json(request), SalesforceJson.Wire.CompositeAnswer, cancel);
    }

    /// <summary><c>POST sobjects/TYPE</c>; 1 call. Not idempotent.</summary>
    public Task<SalesforceReply<SaveResult>> CreateAsync(string type, JsonObject record, CancellationToken cancel)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(record, SalesforceJson.Wire.JsonObject);
        return WriteAsync(HttpMethod.Post, $"sobjects/{type}", () => Json(request), SalesforceJson.Wire.SaveResult, cancel);
    }

    /// <summary><c>POST sobjects/ContentVersion</c> as multipart, for files up to 2 GB; 1 call. Not idempotent.</summary>
    /// <param name="record">Without <c>VersionData</c>.</param>
    public Task<SalesforceReply<SaveResult>> UploadAsync(JsonObject record, Attachment file, CancellationToken cancel)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(record, SalesforceJson.Wire.JsonObject);
        return SignedAsync(
            session => http.SendAsync(
                () => Request(HttpMethod.Post, session, "sobjects/ContentVersion", () => Multipart(request, file)),
                SalesforceJson.Wire.SaveResult,
                Seen,
                TimeSpan.FromSeconds(file.Content.Length / SlowestBytesPerSecond),
                cancel),
            cancel);
    }

    /// <summary><c>PATCH sobjects/TYPE/ID</c>: 204 without a body; 1 call. Idempotent.</summary>
    public Task<SalesforceReply<SaveResult>> UpdateAsync(string type, string id, JsonObject fields, CancellationToken cancel)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(fields, SalesforceJson.Wire.JsonObject);
        return WriteAsync(HttpMethod.Patch, $"sobjects/{type}/{id}", () => Json(request), SalesforceJson.Wire.SaveResult, cancel);
    }

    /// <summary><c>PATCH composite/sobjects</c>: up to 200 records by id, one result each in order; 1 call. Idempotent.</summary>
    public Task<SalesforceReply<IReadOnlyList<SaveResult>>> UpdateAsync(IReadOnlyList<JsonObject> records, CancellationToken cancel)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(new CollectionRequest(AllOrNone: false, records), SalesforceJson.Wire.CollectionRequest);
        return WriteAsync(HttpMethod.Patch, "composite/sobjects", () => Json(request), SalesforceJson.Wire.IReadOnlyListSaveResult, cancel);
    }

    /// <summary><c>GET query</c>, or <c>queryAll</c> for deleted and merged records too: all pages; 1 call for 2,000 records. Read-only.</summary>
    public async Task<SalesforceReply<QueryAnswer>> QueryAsync(string soql, bool all, CancellationToken cancel)
    {
        var reply = await ReadAsync($"{(all ? "queryAll" : "query")}?q={Uri.EscapeDataString(soql)}", SalesforceJson.Wire.QueryAnswer, cancel);
        var records = reply.Value?.Records?.ToList() ?? [];
        for (var page = 1; reply.Value is { NextRecordsUrl: { } next } && next.StartsWith(Root, StringComparison.OrdinalIgnoreCase); page++)
        {
            if (page == PagesMax)
            {
                return SalesforceReply<QueryAnswer>.Of(new SalesforceTrouble(SalesforceTroubleKind.TooMany));
            }

            reply = await ReadAsync(next[Root.Length..], SalesforceJson.Wire.QueryAnswer, cancel);
            records.AddRange(reply.Value?.Records ?? []);
        }

        return reply.Value is { } last ? reply with { Value = last with { Records = records } } : reply;
    }

    /// <summary><c>GET search</c>: records of several objects by a SOSL search; 1 call. Read-only.</summary>
    public Task<SalesforceReply<SearchAnswer>> SearchAsync(string sosl, CancellationToken cancel) =>
        ReadAsync($"search?q={Uri.EscapeDataString(sosl)}", SalesforceJson.Wire.SearchAnswer, cancel);

    /// <summary><c>GET sobjects</c>: every object with its key prefix; 1 call.</summary>
    public Task<SalesforceReply<GlobalAnswer>> ObjectsAsync(CancellationToken cancel) =>
        ReadAsync("sobjects", SalesforceJson.Wire.GlobalAnswer, cancel);

    /// <summary><c>GET sobjects/TYPE/describe</c>: fields with rights, lengths and choices; 1 call, up to 100 kB.</summary>
    public Task<SalesforceReply<ObjectAnswer>> DescribeAsync(string type, CancellationToken cancel) =>
        ReadAsync($"sobjects/{type}/describe", SalesforceJson.Wire.ObjectAnswer, cancel);

    /// <summary><c>GET limits</c>; 1 call. Storage is listed only for users who may see it.</summary>
    public Task<SalesforceReply<Dictionary<string, LimitAnswer>>> LimitsAsync(CancellationToken cancel) =>
        ReadAsync("limits", SalesforceJson.Wire.DictionaryStringLimitAnswer, cancel);

    /// <summary><c>GET /services/data</c>: the versions the org speaks. Needs no token and is not counted.</summary>
    public Task<SalesforceReply<IReadOnlyList<VersionAnswer>>> VersionsAsync(CancellationToken cancel) => ReadAsync(
        () => new HttpRequestMessage(HttpMethod.Get, new Uri(SalesforceHosts.ApiAddress(options.Url!), "/services/data")),
        SalesforceJson.Wire.IReadOnlyListVersionAnswer,
        cancel);

    /// <summary>A session, for those who only want to know whether there is one.</summary>
    public Task<SalesforceReply<SalesforceSession>> SignInAsync(CancellationToken cancel) => auth.SignInAsync(refused: null, cancel);

    private Task<SalesforceReply<T>> ReadAsync<T>(string resource, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class => SignedAsync(
            session => ReadAsync(() => Request(HttpMethod.Get, session, resource, content: null), type, cancel), cancel);

    private Task<SalesforceReply<T>> ReadAsync<T>(Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class => _reads.RunAsync(token => http.SendAsync(make, type, Seen, token), () => SalesforceReply<T>.GivenUp(cancel), cancel);

    private Task<SalesforceReply<T>> WriteAsync<T>(
        HttpMethod method, string resource, Func<HttpContent> content, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class => SignedAsync(
            session => http.SendAsync(() => Request(method, session, resource, content), type, Seen, cancel), cancel);

    private async Task<SalesforceReply<T>> SignedAsync<T>(Func<SalesforceSession, Task<SalesforceReply<T>>> send, CancellationToken cancel)
        where T : class
    {
        if (!Quota.MaySend())
        {
            return SalesforceReply<T>.Of(new SalesforceTrouble(SalesforceTroubleKind.OverQuota));
        }

        SalesforceSession? refused = null;
        while (true)
        {
            var (session, trouble) = await auth.SignInAsync(refused, cancel);
            if (session is null)
            {
                return SalesforceReply<T>.Of(trouble!);
            }

            var reply = await send(session);
            if (refused is not null || !SalesforceFaults.IsExpired(reply.Trouble))
            {
                return reply;
            }

            refused = session;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, SalesforceSession session, string resource, Func<HttpContent>? content)
    {
        var request = new HttpRequestMessage(method, new Uri(session.Instance, Root + resource)) { Content = content?.Invoke() };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
        request.Headers.Add("Sforce-Call-Options", "client=CrmSync");

        // Without it an update runs assignment rules too and can hand the Case to another queue (headers_autoassign).
        request.Headers.Add("Sforce-Auto-Assign", "FALSE");
        request.Headers.Add("Sforce-Mru", "updateMru=false");
        return request;
    }

    private void Seen(HttpResponseMessage response)
    {
        Quota.Observe(response);
        if (response.Headers.Warning.FirstOrDefault(w => w.Code == 299) is { } warning && Interlocked.Exchange(ref _warning, warning.Text.Trim('"')) is null)
        {
            Log.Warned(logger, warning.Text.Trim('"'));
        }
    }

    private StreamContent Json(byte[] body) => Json(new ReadOnlySequence<byte>(body));

    private StreamContent Json(RecyclableMemoryStream body) => Json(body.GetReadOnlySequence());

    private StreamContent Json(ReadOnlySequence<byte> body)
    {
        var type = new MediaTypeHeaderValue("application/json", "UTF-8");
        var stream = WireBuffers.Take();
        if (body.Length < CompressedFrom || !options.CompressRequests)
        {
            Write(body, stream);
            return Rewound(stream, type);
        }

        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            Write(body, gzip);
        }

        var content = Rewound(stream, type);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static void Write(ReadOnlySequence<byte> body, Stream to)
    {
        foreach (var part in body)
        {
            to.Write(part.Span);
        }
    }

    private static StreamContent Rewound(RecyclableMemoryStream stream, MediaTypeHeaderValue type)
    {
        stream.Position = 0;
        return new StreamContent(stream) { Headers = { ContentType = type } };
    }

    // "Insert or Update Blob Data": the JSON part may have any name, the other one has the field's, and each its type.
    private static MultipartFormDataContent Multipart(byte[] record, Attachment file) => new($"crmsync-{Guid.NewGuid():N}")
    {
        { new ByteArrayContent(record) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, "entity_content" },
        {
            new ReadOnlyMemoryContent(file.Content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(file.ContentType) } },
            "VersionData",
            file.FileName
        },
    };

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Warning, "salesforce.deprecated: {Warning}")]
        public static partial void Warned(ILogger logger, string warning);
    }
}
