using CrmSync.Connectors.Shared;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connectors.Shared;

public sealed class ReadPipelineTests
{
    private static readonly Answer Good = new("yes", MayPass: false);
    private static readonly Answer Bad = new("unavailable", MayPass: true);
    private static readonly Answer NotAsked = new("not asked", MayPass: false);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 8, 9, 30, 0, TimeSpan.Zero));
    private readonly ReadPipeline _pipeline;
    private int _tries;

    public ReadPipelineTests() => _pipeline = new ReadPipeline(_clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trouble_that_passes_is_not_seen()
    {
        (await AskAsync(() => _tries < 3 ? Bad : Good)).ShouldBe(Good);

        _tries.ShouldBe(3);
    }

    [Fact]
    public async Task A_trouble_that_stays_is_given_back_after_three_tries()
    {
        (await AskAsync(() => Bad)).ShouldBe(Bad);

        _tries.ShouldBe(3);
    }

    [Fact]
    public async Task A_refusal_is_not_asked_for_twice()
    {
        var refusal = new Answer("forbidden", MayPass: false);

        (await AskAsync(() => refusal)).ShouldBe(refusal);

        _tries.ShouldBe(1);
    }

    [Fact]
    public async Task Who_does_not_answer_several_readers_is_left_alone_for_a_while()
    {
        for (var i = 0; i < 3; i++)
        {
            await AskAsync(() => Bad);
        }

        _tries = 0;
        (await AskAsync(() => Good)).ShouldBe(NotAsked);
        _tries.ShouldBe(0);

        _clock.Advance(TimeSpan.FromSeconds(15));
        (await AskAsync(() => Good)).ShouldBe(Good);
    }

    [Fact]
    public async Task All_tries_together_have_a_limit()
    {
        var asked = _pipeline.RunAsync(
            async token =>
            {
                _tries++;
                await Task.Delay(TimeSpan.FromSeconds(40), _clock, token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                return Bad;
            },
            () => NotAsked,
            Cancel);

        (await _clock.PassUntilAsync(asked)).ShouldBe(NotAsked);
        _tries.ShouldBe(3);
    }

    [Fact]
    public async Task A_stopping_worker_does_not_wait_for_the_next_try()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var answer = await _pipeline.RunAsync(
            _ =>
            {
                stop.Cancel();
                return Task.FromResult(Bad);
            },
            () => NotAsked,
            stop.Token);

        answer.ShouldBe(Bad);
    }

    private Task<Answer> AskAsync(Func<Answer> answer) => _clock.PassUntilAsync(_pipeline.RunAsync(
        _ =>
        {
            _tries++;
            return Task.FromResult(answer());
        },
        () => NotAsked,
        Cancel));

    private sealed record Answer(string Text, bool MayPass) : IReadReply;
}
