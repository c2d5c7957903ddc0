namespace CrmSync.Simulators.Shared;

/// <summary>What goes wrong with a request.</summary>
public enum FaultKind
{
    /// <summary>The connection breaks and nothing was carried out.</summary>
    DropBefore,

    /// <summary>The request is carried out, then the connection breaks before the first byte of the answer.</summary>
    DropAfter,

    /// <summary>An error status (<see cref="Fault.Status"/>) and nothing was carried out.</summary>
    Refuse,

    /// <summary>The request is carried out, the answer is an error status (<see cref="Fault.Status"/>).</summary>
    FailAfter,

    /// <summary>The request waits <see cref="Fault.Delay"/> before it is carried out. Adds to any other fault.</summary>
    Slow,

    /// <summary>The request is carried out, its answer waits <see cref="Fault.Delay"/>. Adds to any other fault that lets an answer through.</summary>
    AnswerLate,

    /// <summary>Every token expires just before the request is looked at.</summary>
    ExpireToken,

    /// <summary>A trouble only this CRM knows, by <see cref="Fault.Name"/>; its code asks with <see cref="FaultExtensions.HasFault"/>.</summary>
    Named,
}

/// <summary>One trouble, as a value.</summary>
/// <param name="Status">HTTP status of <see cref="FaultKind.Refuse"/> and <see cref="FaultKind.FailAfter"/>.</param>
/// <param name="Delay">How long <see cref="FaultKind.Slow"/>, <see cref="FaultKind.AnswerLate"/> and some named ones take, by the simulator's clock.</param>
/// <param name="RetryAfter">Sent as <c>Retry-After</c> in whole seconds with a refusal.</param>
/// <param name="Name">Name of a <see cref="FaultKind.Named"/> trouble, e.g. <c>row-lock</c>.</param>
public sealed record Fault(
    FaultKind Kind,
    int Status = 503,
    TimeSpan Delay = default,
    TimeSpan? RetryAfter = null,
    string? Name = null)
{
    public static Fault DropBefore { get; } = new(FaultKind.DropBefore);

    public static Fault DropAfter { get; } = new(FaultKind.DropAfter);

    public static Fault ExpireToken { get; } = new(FaultKind.ExpireToken);

    public static Fault Refuse(int status, TimeSpan? retryAfter = null) => new(FaultKind.Refuse, status, RetryAfter: retryAfter);

    public static Fault FailAfter(int status) => new(FaultKind.FailAfter, status);

    public static Fault Slow(TimeSpan delay) => new(FaultKind.Slow, Delay: delay);

    public static Fault AnswerLate(TimeSpan delay) => new(FaultKind.AnswerLate, Delay: delay);

    /// <param name="delay">For troubles that take time; each says what it does with it.</param>
    public static Fault Named(string name, TimeSpan delay = default) => new(FaultKind.Named, Delay: delay, Name: name);
}

/// <summary>Which requests a fault befalls, how often.</summary>
/// <param name="Method">HTTP method, or <c>*</c>.</param>
/// <param name="Path">Path with <c>*</c> for any run of characters, e.g. <c>/services/data/*/composite/graph</c>.</param>
/// <param name="Probability">Chance for each matching request, 0 to 1.</param>
/// <param name="Skip">Matching requests let through first.</param>
/// <param name="Times">Faults given before the rule is spent; null: without end.</param>
public sealed record FaultRule(
    Fault Fault,
    string Method = "*",
    string Path = "*",
    double Probability = 1,
    int Skip = 0,
    int? Times = null);
