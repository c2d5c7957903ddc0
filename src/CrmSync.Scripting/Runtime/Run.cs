using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CrmSync.Scripting.Runtime;

/// <summary>The state of one rendering: variables, output so far, and what has been used up.</summary>
internal sealed partial class Run
{
    private readonly CancellationToken _cancel;
    private readonly TemplateLimits _limits;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private long _steps;
    private long _nextCheck = StepsBetweenChecks;
    private int _iterations;
    private int _depth;

    private const int StepsBetweenChecks = 256;

    public Run(RenderOptions options, Encoder encoder, object? model, CancellationToken cancel)
    {
        Options = options;
        Encoder = encoder;
        _cancel = cancel;
        _limits = options.Limits;
        Scopes = new Scopes(new GlobalObject(Values.From(model), options.Models));
    }

    public RenderOptions Options { get; }

    public Encoder Encoder { get; }

    public CultureInfo Culture => Options.Culture;

    public ModelMap Models => Options.Models;

    public Scopes Scopes { get; }

    public Frame Frame { get; set; } = new(null);

    /// <summary>The innermost loops, for <c>for.index</c> and its like.</summary>
    public LoopState? ForLoop { get; set; }

    public LoopState? WhileLoop { get; set; }

    /// <summary>Set by <c>ret</c> on the way out of a function.</summary>
    public object? ReturnValue { get; set; }

    /// <summary>The block of a <c>wrap</c> whose function is about to be called.</summary>
    public WrappedBlock? PendingBlock { get; set; }

    /// <summary>What <c>date.format</c> was set to.</summary>
    public string DateFormat { get; set; } = Builtins.DateFormats.Default;

    public StringBuilder Output { get; } = new();

    /// <summary>Positions of <c>array.cycle</c>, by group.</summary>
    public Dictionary<string, int> Cycles => field ??= new(StringComparer.Ordinal);

    /// <summary>Charges work, and looks at the clock and the cancellation now and then.</summary>
    public void Step(Site site, long cost = 1)
    {
        _steps += cost;
        if (_steps >= _nextCheck)
            Check(site);
    }

    /// <summary>Charges a text before it is made, so that no limit is noticed too late.</summary>
    public void ChargeText(Site site, long chars)
    {
        CheckText(site, chars);
        Step(site, 1 + (chars >> 5));
    }

    /// <summary>Stops a text that is being made when it has grown too long.</summary>
    public void CheckText(Site site, long chars)
    {
        if (chars > _limits.OutputCharsMax)
            throw new TemplateFault(site, $"A text grows longer than {_limits.OutputCharsMax} characters.");
    }

    public void ChargeIteration(Site site)
    {
        if (++_iterations > _limits.LoopIterationsMax)
            throw new TemplateFault(site, $"The loops take more than {_limits.LoopIterationsMax} rounds.");

        Step(site);
    }

    /// <summary>Opens a function or a partial; each is closed by <see cref="Leave"/>.</summary>
    public void Enter(Site site)
    {
        if (++_depth > _limits.RecursionMax || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new TemplateFault(site, $"Functions and partials are open more than {_limits.RecursionMax} deep.");

        Step(site);
    }

    public void Leave() => _depth--;

    /// <summary>The first function called takes the block; those it calls do not get it too.</summary>
    public WrappedBlock? TakePendingBlock()
    {
        var block = PendingBlock;
        PendingBlock = null;
        return block;
    }

    private void Check(Site site)
    {
        _cancel.ThrowIfCancellationRequested();
        _nextCheck = _steps + StepsBetweenChecks;

        if (_steps > _limits.StepsMax)
            throw new TemplateFault(site, $"The template takes more than {_limits.StepsMax} steps.");

        if (Stopwatch.GetElapsedTime(_startedAt) > _limits.TimeMax)
            throw new TemplateFault(site, $"The template takes longer than {_limits.TimeMax.TotalMilliseconds} ms.");
    }
}

/// <summary>Where a loop stands.</summary>
internal sealed class LoopState(int length)
{
    public int Index { get; set; }

    /// <summary>-1 for a while, which does not know.</summary>
    public int Length { get; } = length;

    public bool Changed { get; set; } = true;
}
