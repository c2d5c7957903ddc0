namespace CrmSync.Connectors.Shared;

internal static class AskedWait
{
    /// <summary>
    /// How long the server asked to be left alone: <c>Retry-After</c> in seconds or as a date (RFC 9110, section 10.2.3), zero for a date that
    /// has passed; null when it did not say.
    /// </summary>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
