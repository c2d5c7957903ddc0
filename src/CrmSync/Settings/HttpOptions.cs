namespace CrmSync.Settings;

/// <summary>Section <c>Http</c>: the worker's own endpoint, for the command line and for health probes.</summary>
internal sealed class HttpOptions
{
    public const string Section = "Http";

    /// <summary>Where the worker listens. Default <c>http://127.0.0.1:0</c>: loopback, any free port. The control API answers loopback callers only, whatever stands here.</summary>
    public string Url { get; set; } = "http://127.0.0.1:0";

    /// <summary>Where the running worker leaves its address and a token for the command line; readable by its user only. Default <c>data/control.json</c>.</summary>
    public string ControlFile { get; set; } = "data/control.json";
}
