using System.Net;

namespace CrmSync.Connectors.Zendesk;

/// <summary>What came of one request: a value, or the trouble in its place.</summary>
/// <param name="Value">Null with trouble, and also when a success said nothing that could be read.</param>
internal sealed record ZendeskReply<T>(T? Value, ZendeskTrouble? Trouble)
    where T : class
{
    /// <summary>Zendesk said yes, even if the rest of the answer was lost.</summary>
    public bool Accepted => Trouble is null;
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
