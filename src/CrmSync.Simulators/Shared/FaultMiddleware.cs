using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Shared;

/// <summary>Carries out the fault plan around one request and logs how it ended.</summary>
internal sealed class FaultMiddleware(ISimulatedCrm crm, FaultPlan plan, RequestLog log, TimeProvider clock)
{
    private const int Dropped = 0;

    private readonly RunningRequests _running = new(clock);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "/";
        var fate = new RequestFate(plan.Draw(context.Request.Method, path), _running);
        context.Features.Set(fate);

        // Before the first byte leaves: who has read an answer finds it counted.
        context.Response.OnStarting(() =>
        {
            Record(context, fate, context.Response.StatusCode);
            return Task.CompletedTask;
        });
        _running.Begin(fate, path);
        try
        {
            await AnswerAsync(context, fate, next);
        }
        finally
        {
            _running.End(fate);
        }
    }

    private async Task AnswerAsync(HttpContext context, RequestFate fate, RequestDelegate next)
    {
        foreach (var slow in fate.Faults.Where(f => f.Kind == FaultKind.Slow))
        {
            await Task.Delay(slow.Delay, clock, context.RequestAborted);
        }

        if (fate.Faults.Any(f => f.Kind == FaultKind.ExpireToken))
        {
            crm.ExpireTokens();
        }

        switch (fate.Faults.FirstOrDefault(f => f.Kind is not (FaultKind.Slow or FaultKind.AnswerLate or FaultKind.ExpireToken or FaultKind.Named)))
        {
            case { Kind: FaultKind.DropBefore }:
                Drop(context, fate);
                break;

            case { Kind: FaultKind.DropAfter }:
                await CarryOutUnseenAsync(context, next);
                Drop(context, fate);
                break;

            case { Kind: FaultKind.FailAfter } fault:
                await CarryOutUnseenAsync(context, next);
                await RefuseAsync(context, fault);
                break;

            case { Kind: FaultKind.Refuse } fault:
                await RefuseAsync(context, fault);
                break;

            default:
                await AnswerInTimeAsync(context, fate, next);
                break;
        }
    }

    private async Task AnswerInTimeAsync(HttpContext context, RequestFate fate, RequestDelegate next)
    {
        var late = fate.Faults.Where(f => f.Kind == FaultKind.AnswerLate).Sum(f => f.Delay.Ticks);
        if (late == 0)
        {
            await next(context);
            return;
        }

        var toClient = context.Response.Body;
        await using var answer = new MemoryStream();
        context.Response.Body = answer;
        await next(context);
        context.Response.Body = toClient;
        log.Hold();
        try
        {
            await Task.Delay(TimeSpan.FromTicks(late), clock, context.RequestAborted);
        }
        finally
        {
            log.Release();
        }

        await toClient.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), context.RequestAborted);
    }

    private void Drop(HttpContext context, RequestFate fate)
    {
        Record(context, fate, Dropped);
        context.Abort();
    }

    // Once: an aborted response still "starts".
    private void Record(HttpContext context, RequestFate fate, int status)
    {
        if (!fate.IsRecorded)
        {
            fate.IsRecorded = true;
            log.Add(new RequestEntry(
                clock.GetUtcNow(),
                context.Request.Method,
                (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path,
                context.Request.Path,
                status,
                fate.Calls));
        }
    }

    private static async Task CarryOutUnseenAsync(HttpContext context, RequestDelegate next)
    {
        var toClient = context.Response.Body;
        await using var unseen = new MemoryStream();
        context.Response.Body = unseen;
        await next(context);
        context.Response.Body = toClient;
        context.Response.Clear();
    }

    private async Task RefuseAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = ((long)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await crm.RefuseAsync(context, fault);
    }
}
