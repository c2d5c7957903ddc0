using System.Net;
using CrmSync.Connectors.Shared;

namespace CrmSync.Connectors.Zendesk;

/// <summary>What came of one request: a value, or the trouble in its place.</summary>
/// <param name="Value">Null with trouble, and also when a success said nothing that could be read.</param>
internal sealed record ZendeskReply<T>(T? Value, ZendeskTrouble? Trouble) : IReadReply
    where T : class
{
    /// <summary>What asks to wait (429, 503 with <c>Retry-After</c>) is not among it: the quota and the ledger see to that.</summary>
    public bool MayPass => Trouble switch
    {
        { Kind: ZendeskTroubleKind.NeverSent } trouble => trouble.Connection is not HttpRequestError.SecureConnectionError,
        { Kind: ZendeskTroubleKind.Unanswered } => true,
        { Kind: ZendeskTroubleKind.Answered, RetryAfter: null } trouble =>
            trouble.Status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
        _ => false,
    };

    /// <summary>Zendesk said yes, even if the rest of the answer was lost.</summary>
    public bool Accepted => Trouble is null;

    /// <summary>In place of a read that was not sent, or took too long.</summary>
    public static ZendeskReply<T> GivenUp(CancellationToken cancel) => new(
        Value: null, new ZendeskTrouble(cancel.IsCancellationRequested ? ZendeskTroubleKind.Stopped : ZendeskTroubleKind.NeverSent));
}

/// <summary>Why there is no value, as found on the wire. <see cref="ZendeskFaults"/> says what it means.</summary>
internal sealed record ZendeskTrouble(ZendeskTroubleKind Kind)
{
    public HttpStatusCode Status { get; init; }

    /// <summary>Zendesk's word, e.g. <c>RecordInvalid</c>; null when the body was not its JSON.</summary>
    public string? Code { get; init; }

    /// <summary>Zendesk's sentences, joined.</summary>
    public string? Text { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whose limit was met, when one was.</summary>
    public ZendeskLimitOn Limit { get; init; }

    /// <summary>The body was JSON of Zendesk's making, rather than a page of something in between.</summary>
    public bool FromZendesk { get; init; }

    /// <summary>.NET's word for a failed connection, e.g. <c>NameResolutionError</c>.</summary>
    public HttpRequestError? Connection { get; init; }
}

internal enum ZendeskTroubleKind
{
    /// <summary>Not a byte of the body left this process.</summary>
    NeverSent,

    /// <summary>Not a byte left, because the worker stops.</summary>
    Stopped,

    /// <summary>It left, and no status line came back.</summary>
    Unanswered,

    /// <summary>A status other than success.</summary>
    Answered,

    /// <summary>No token could be had.</summary>
    SignInFailed,
}
