namespace CrmSync.Simulators.Zendesk;

/// <summary>Named troubles of a fault plan that only this CRM knows.</summary>
public static class ZendeskFaultNames
{
    /// <summary>On <c>update_many</c>: half of the tickets are updated, then the job ends as <c>killed</c>.</summary>
    public const string JobKilled = "job-killed";

    /// <summary>On <c>update_many</c>: every third ticket fails, the job says <c>completed</c>.</summary>
    public const string JobPartlyFailed = "job-partly-failed";

    /// <summary>On <c>update_many</c>: the job stays queued for ten minutes.</summary>
    public const string JobSlow = "job-slow";

    /// <summary>On a redaction: another one of the same ticket is under way (409 <c>ConflictError</c>).</summary>
    public const string RedactionRunning = "redaction-running";

    /// <summary>On any request: the database could not be written, nothing was carried out (409 <c>DatabaseConflict</c>).</summary>
    public const string DatabaseConflict = "database-conflict";

    /// <summary>On a refusal with status 429 or 503: the body is plain text.</summary>
    public const string PlainText = "plain-text";
}
