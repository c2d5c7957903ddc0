using System.Net;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What came of one request: a value, or the trouble in its place.</summary>
internal sealed record SalesforceReply<T>(T? Value, SalesforceTrouble? Trouble)
    where T : class
{
    public static SalesforceReply<T> Of(SalesforceTrouble trouble) => new(null, trouble);
}

/// <summary>Why there is no value, as found on the wire. <see cref="SalesforceFaults"/> says what it means.</summary>
internal sealed record SalesforceTrouble(SalesforceTroubleKind Kind)
{
    public HttpStatusCode Status { get; init; }

    /// <summary>E.g. <c>REQUEST_LIMIT_EXCEEDED</c>, or the OAuth error; null when the body was neither.</summary>
    public string? Code { get; init; }

    /// <summary>Salesforce's sentence.</summary>
    public string? Text { get; init; }

    /// <summary>.NET's word for a failed connection, e.g. <c>NameResolutionError</c>.</summary>
    public HttpRequestError? Connection { get; init; }

    /// <summary>How far our clock is ahead of the server's, with an answer: a skewed clock is the first cause of refused JWTs.</summary>
    public TimeSpan? ClockAhead { get; init; }
}

internal enum SalesforceTroubleKind
{
    /// <summary>Not a byte of the body left this process.</summary>
    NeverSent,

    /// <summary>Not a byte left, because the worker stops.</summary>
    Stopped,

    /// <summary>It left, and no answer came back.</summary>
    Unanswered,

    /// <summary>A status other than success, or a success that is not Salesforce's JSON.</summary>
    Answered,

    /// <summary>The token endpoint said no.</summary>
    SignInFailed,

    /// <summary>Not sent: the share of the org's daily calls is used up.</summary>
    OverQuota,
}
