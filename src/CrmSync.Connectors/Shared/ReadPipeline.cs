using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CrmSync.Connectors.Shared;

/// <summary>A reply that knows whether asking again may help.</summary>
internal interface IReadReply
{
    /// <summary>The trouble may pass within seconds: no connection, no answer, a 5xx. False for success, refusals and requests to wait.</summary>
    bool MayPass { get; }
}

/// <summary>
/// Sends again what changes nothing at the other side: reads and token requests. Deliveries never come through here; the ledger retries
/// those, one try a line. One pipeline for each place that is asked, because the circuit belongs to that place.
/// </summary>
internal sealed class ReadPipeline
{
    private const int RetriesMax = 2;

    /// <summary>For all tries and the waits between them: a claimed batch waits for this.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(90);

    /// <summary>Before the first retry; doubled for the second, both with jitter.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan SamplingTime = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing is asked after most of what was asked within <see cref="SamplingTime"/> failed.</summary>
    private static readonly TimeSpan BreakTime = TimeSpan.FromSeconds(15);

    private readonly ResiliencePipeline _pipeline;

    public ReadPipeline(TimeProvider clock) => _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddTimeout(Budget)
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = static args => ValueTask.FromResult(MayPass(args.Outcome)),
            MaxRetryAttempts = RetriesMax,
            BackoffType = DelayBackoffType.Exponential,
            Delay = RetryDelay,
            UseJitter = true,
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = static args => ValueTask.FromResult(MayPass(args.Outcome)),
            FailureRatio = 0.75,
            MinimumThroughput = 9,
            SamplingDuration = SamplingTime,
            BreakDuration = BreakTime,
        })
        .Build();

    /// <summary>The first reply that will not get better, or the last one.</summary>
    /// <param name="send">Sends once and gives failures as replies; it is called up to three times.</param>
    /// <param name="givenUp">The reply in place of one: nothing was asked, or the time for all tries was used up.</param>
    public async Task<TReply> RunAsync<TReply>(
        Func<CancellationToken, Task<TReply>> send, Func<TReply> givenUp, CancellationToken cancel)
        where TReply : class, IReadReply
    {
        TReply? last = null;
        try
        {
            return await _pipeline.ExecuteAsync(
                async token =>
                {
                    last = await send(token);
                    token.ThrowIfCancellationRequested();
                    return last;
                },
                cancel);
        }
        catch (TimeoutRejectedException)
        {
            return givenUp();
        }
        catch (Exception e) when (e is BrokenCircuitException or OperationCanceledException)
        {
            return last ?? givenUp();
        }
    }

    private static bool MayPass(Outcome<object> outcome) => outcome.Result is IReadReply { MayPass: true };
}
