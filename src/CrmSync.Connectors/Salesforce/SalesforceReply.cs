using System.Net;
using CrmSync.Connectors.Shared;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What came of one request: a value, or the trouble in its place.</summary>
internal sealed record SalesforceReply<T>(T? Value, SalesforceTrouble? Trouble) : IReadReply
    where T : class
{
    public bool MayPass => Trouble switch
    {
        { Kind: SalesforceTroubleKind.NeverSent } trouble => trouble.Connection is not HttpRequestError.SecureConnectionError,
        { Kind: SalesforceTroubleKind.Unanswered } => true,
        { Kind: SalesforceTroubleKind.Answered } trouble => trouble.Status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
        _ => false,
    };

    public static SalesforceReply<T> Of(SalesforceTrouble trouble) => new(null, trouble);

    /// <summary>In place of a read that was not sent, or took too long.</summary>
    public static SalesforceReply<T> GivenUp(CancellationToken cancel) =>
        Of(new SalesforceTrouble(cancel.IsCancellationRequested ? SalesforceTroubleKind.Stopped : SalesforceTroubleKind.NeverSent));
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

    /// <summary>How long the server, or what stands before it, asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
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

    /// <summary>More records than are read for one question.</summary>
    TooMany,

    /// <summary>Not sent: the share of the org's daily calls is used up.</summary>
    OverQuota,
}
