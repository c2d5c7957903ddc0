using CrmSync.Mail.Mime;

namespace CrmSync.Mail.Smtp;

/// <summary>Hands mail in to one server over a few kept connections.</summary>
/// <remarks>
/// Whatever a server or a network does ends as a <see cref="SendResult"/>, within <see cref="SmtpTimeouts.Overall"/>. Thrown are only
/// <see cref="OperationCanceledException"/>, before the final dot, and what the content itself throws.
/// </remarks>
public sealed class SmtpClient : IAsyncDisposable
{
    private static readonly SmtpFault TooLate =
        new(SmtpStage.Connect, SmtpProblem.TimedOut, "The time for the mail as a whole is over.");

    private readonly SmtpOptions _options;
    private readonly SmtpPool _pool;
    private readonly TimeProvider _clock;
    private SmtpPipelining _pipelining;

    /// <exception cref="ArgumentException">Credentials without TLS.</exception>
    public SmtpClient(SmtpOptions options, TimeProvider clock)
    {
        if (options is { Security: SmtpSecurity.None, Credential: not null })
        {
            throw new ArgumentException("Credentials are not sent without TLS.", nameof(options));
        }

        _options = options;
        _clock = clock;
        _pipelining = options.Pipelining;
        _pool = new SmtpPool(options, clock);
    }

    /// <summary>One result per recipient of the envelope, in order.</summary>
    public async Task<IReadOnlyList<RecipientResult>> SendAsync(SmtpEnvelope envelope, IMailContent content, CancellationToken cancel)
    {
        if (envelope.To.Count == 0)
        {
            throw new ArgumentException("An envelope has at least one recipient.", nameof(envelope));
        }

        using var deadline = new CancellationTokenSource(_options.Timeouts.Overall, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);

        try
        {
            await _pool.EnterAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Same(envelope, TooLate);
        }

        try
        {
            return await SendAllAsync(envelope, content, cancel, either.Token);
        }
        finally
        {
            _pool.Leave();
        }
    }

    /// <summary>Connects, secures and authenticates like a send would, and tells what was found.</summary>
    public async Task<SmtpCheck> CheckAsync(CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(_options.Timeouts.Overall, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            var session = await SmtpSession.OpenAsync(_options, _clock, either.Token);
            var check = SmtpCheck.Of(session);
            await session.QuitAsync();
            return check;
        }
        catch (SmtpException e)
        {
            return new SmtpCheck { Fault = e.Fault };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SmtpCheck { Fault = new SmtpFault(SmtpStage.Connect, SmtpProblem.TimedOut, "The time for the check is over.") };
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    // A server may take only some recipients at a time (452 4.5.3): the rest goes into transactions of their own.
    private async Task<IReadOnlyList<RecipientResult>> SendAllAsync(
        SmtpEnvelope envelope, IMailContent content, CancellationToken caller, CancellationToken cancel)
    {
        var settled = new Dictionary<Mailbox, RecipientResult>();
        while (true)
        {
            var rest = envelope with { To = [.. envelope.To.Where(to => !settled.ContainsKey(to)).Distinct()] };
            IReadOnlyList<RecipientResult> results;
            try
            {
                results = await SendOnceAsync(rest, content, cancel);
            }
            catch (OperationCanceledException) when (!caller.IsCancellationRequested || settled.Count > 0)
            {
                results = Same(rest, TooLate);
            }

            var split = results.Any(r => r.Result is SendResult.Accepted) && results.Any(IsOneTooMany);
            foreach (var result in results.Where(r => !split || !IsOneTooMany(r)))
            {
                settled[result.Recipient] = result;
            }

            if (!split)
            {
                return [.. envelope.To.Select(to => settled[to])];
            }
        }
    }

    private static bool IsOneTooMany(RecipientResult result) =>
        result.Result is SendResult.NotCarriedOut { Fault: { Stage: SmtpStage.RcptTo, Reply: { Code: 452, Enhanced: { Subject: 5, Detail: 3 } } } };

    private async Task<IReadOnlyList<RecipientResult>> SendOnceAsync(SmtpEnvelope envelope, IMailContent content, CancellationToken cancel)
    {
        while (true)
        {
            SmtpSession? session = null;
            var reused = false;
            try
            {
                session = _pool.TakeIdle();
                reused = session is not null;
                session ??= await SmtpSession.OpenAsync(_options, _clock, cancel);

                var results = await new SmtpTransaction(session, _options, _clock).RunAsync(envelope, content, _pipelining, cancel);
                if (reused && IsFarewell(results))
                {
                    await session.DisposeAsync();
                    continue;
                }

                await _pool.KeepAsync(session);
                return results;
            }
            catch (SmtpException e)
            {
                await DropAsync(session);
                if (!MayTryAgain(e.Fault, session, reused))
                {
                    return Same(envelope, e.Fault);
                }
            }
            catch
            {
                await DropAsync(session);
                throw;
            }
        }
    }

    // Kept connections go stale: what a server did before it answered MAIL says nothing about this mail.
    private static bool IsFarewell(IReadOnlyList<RecipientResult> results) =>
        results[0].Result is SendResult.NotCarriedOut { Fault: { Stage: SmtpStage.MailFrom, Reply.Code: 421 } };

    private bool MayTryAgain(SmtpFault fault, SmtpSession? session, bool reused)
    {
        if (session is null || fault.Stage is not (SmtpStage.MailFrom or SmtpStage.RcptTo or SmtpStage.Data))
        {
            return false;
        }

        if (reused && fault.Stage == SmtpStage.MailFrom)
        {
            return true;
        }

        // Nothing but the envelope has left. A server that stumbles over several commands at once gets fewer.
        if (session.Capabilities.Pipelining && _pipelining != SmtpPipelining.Off)
        {
            _pipelining = _pipelining == SmtpPipelining.Full ? SmtpPipelining.Envelope : SmtpPipelining.Off;
            return true;
        }

        return false;
    }

    private static async Task DropAsync(SmtpSession? session)
    {
        if (session is not null)
        {
            await session.DisposeAsync();
        }
    }

    private static IReadOnlyList<RecipientResult> Same(SmtpEnvelope envelope, SmtpFault fault) =>
        [.. envelope.To.Select(to => new RecipientResult(to, Of(fault)))];

    private static SendResult Of(SmtpFault fault) => fault switch
    {
        { Problem: SmtpProblem.Untrusted } => new SendResult.NotTrusted(fault),
        { Problem: SmtpProblem.Unauthenticated } => new SendResult.NotAuthenticated(fault),
        { Stage: SmtpStage.FinalDot } => new SendResult.InDoubt(fault),
        { Reply: { } reply, Problem: SmtpProblem.Answered } => EnvelopeReplies.Failed(fault.Stage, reply),
        _ => new SendResult.NotCarriedOut(fault),
    };
}
