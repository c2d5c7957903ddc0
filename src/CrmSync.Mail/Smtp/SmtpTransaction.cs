using System.Globalization;
using System.Text;
using CrmSync.Mail.Mime;

namespace CrmSync.Mail.Smtp;

/// <summary>One mail over one session: envelope, content, final dot.</summary>
internal sealed class SmtpTransaction(SmtpSession session, SmtpOptions options, TimeProvider clock)
{
    private readonly SmtpChannel _channel = session.Channel;

    /// <summary>One result per recipient, in order.</summary>
    /// <exception cref="SmtpException">The conversation is over; the fault's stage tells whether the final dot had left.</exception>
    public async Task<IReadOnlyList<RecipientResult>> RunAsync(
        SmtpEnvelope envelope, IMailContent content, SmtpPipelining pipelining, CancellationToken cancel)
    {
        if (session.Capabilities.SizeMax is { } max && content.Size > max)
        {
            var fault = new SmtpFault(
                SmtpStage.MailFrom, SmtpProblem.TooBig, $"The mail has {content.Size} octets; the server takes {max}.");
            return [.. envelope.To.Select(to => new RecipientResult(to, new SendResult.Refused(fault)))];
        }

        session.Mails++;
        await ResetAsync(cancel);
        session.NeedsReset = true;

        var replies = await EnvelopeAsync(envelope, content, session.Capabilities.Pipelining ? pipelining : SmtpPipelining.Off, cancel);
        var verdict = await ContentAsync(replies, content, cancel);
        return [.. envelope.To.Select((to, i) => new RecipientResult(to, replies.ResultFor(i, verdict)))];
    }

    private async Task ResetAsync(CancellationToken cancel)
    {
        if (session.NeedsReset)
        {
            Note(await _channel.CommandAsync(SmtpStage.MailFrom, "RSET", cancel));
        }
    }

    private async Task<EnvelopeReplies> EnvelopeAsync(
        SmtpEnvelope envelope, IMailContent content, SmtpPipelining pipelining, CancellationToken cancel)
    {
        (SmtpStage Stage, string Line)[] commands =
        [
            (SmtpStage.MailFrom, Mail(envelope, content)),
            .. envelope.To.Select(to => (SmtpStage.RcptTo, Recipient(to))),
            (SmtpStage.Data, "DATA"),
        ];
        var together = pipelining switch
        {
            SmtpPipelining.Full => commands.Length,
            SmtpPipelining.Envelope => commands.Length - 1,
            _ => 0,
        };

        var replies = new EnvelopeReplies(commands.Length);
        if (together > 0)
        {
            await _channel.WriteAsync(SmtpStage.MailFrom, Lines(commands[..together]), cancel);
        }

        for (var i = 0; i < commands.Length && !session.IsClosing; i++)
        {
            if (i >= together)
            {
                if (replies.IsHopeless(i))
                {
                    break;
                }

                await _channel.WriteAsync(commands[i].Stage, Lines(commands[i..(i + 1)]), cancel);
            }

            replies.Add(Note(await _channel.ReadAsync(commands[i].Stage, cancel)));
        }

        return replies;
    }

    private async Task<SmtpReply?> ContentAsync(EnvelopeReplies replies, IMailContent content, CancellationToken cancel)
    {
        if (replies.Data?.IsIntermediate is not true)
        {
            return null;
        }

        if (replies.NoRecipient)
        {
            // RFC 2920 section 3.1: DATA got its 354 although nobody will receive anything; the lone dot is answered by 554.
            Note(await _channel.CommandAsync(SmtpStage.Data, ".", cancel));
            return null;
        }

        if (await WriteContentAsync(content, cancel) is { } early)
        {
            return early;
        }

        return await FinishAsync(cancel);
    }

    /// <summary>Null when all is written; the server's answer when it would not hear the end.</summary>
    private async Task<SmtpReply?> WriteContentAsync(IMailContent content, CancellationToken cancel)
    {
        await using var stuffing = new DotStuffing(block => new ValueTask(_channel.WriteAsync(SmtpStage.Content, block, cancel)));
        try
        {
            await content.WriteToAsync(stuffing, cancel);
            await stuffing.FinishAsync();
            return null;
        }
        catch (SmtpException e) when (e.Fault.Problem == SmtpProblem.Closed)
        {
            session.IsClosing = true;
            var reply = await _channel.ReadAsync(SmtpStage.Content, cancel);
            return reply.IsTransient || reply.IsPermanent ? reply : throw new SmtpException(e.Fault, e);
        }
    }

    // The dot is a promise that cannot be taken back: a caller that gives up now still waits a moment for the answer.
    private async Task<SmtpReply> FinishAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var hurry = cancel.UnsafeRegister(_ => patience.CancelAfter(options.Timeouts.Grace), null);
        try
        {
            await _channel.WriteAsync(SmtpStage.FinalDot, ".\r\n"u8.ToArray(), patience.Token);
            var reply = Note(await _channel.ReadAsync(SmtpStage.FinalDot, patience.Token));
            session.NeedsReset = !reply.IsPositive;
            return reply.IsIntermediate
                ? throw new SmtpException(new SmtpFault(SmtpStage.FinalDot, SmtpProblem.Malformed, $"{reply} is no answer to a mail.", reply))
                : reply;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new SmtpException(new SmtpFault(
                SmtpStage.FinalDot, SmtpProblem.Abandoned, "Nobody waited for the answer to the final dot."));
        }
    }

    // After 421 the connection is over, also when the server leaves it open (Exim does).
    private SmtpReply Note(SmtpReply reply)
    {
        session.IsClosing |= reply.Code == 421;
        return reply;
    }

    private string Mail(SmtpEnvelope envelope, IMailContent content)
    {
        var line = new StringBuilder($"MAIL FROM:<{envelope.From.Address}>");
        if (session.Capabilities.Size)
        {
            line.Append(CultureInfo.InvariantCulture, $" SIZE={content.Size}");
        }

        if (options.RequestReports && session.Capabilities.Dsn)
        {
            line.Append(" RET=HDRS");
            if (envelope.EnvelopeId is { } id)
            {
                line.Append(CultureInfo.InvariantCulture, $" ENVID={SmtpEnvelope.Xtext(id)}");
            }
        }

        return line.ToString();
    }

    private string Recipient(Mailbox to) =>
        options.RequestReports && session.Capabilities.Dsn
            ? $"RCPT TO:<{to.Address}> NOTIFY=FAILURE,DELAY ORCPT=rfc822;{SmtpEnvelope.Xtext(to.Address)}"
            : $"RCPT TO:<{to.Address}>";

    private static byte[] Lines((SmtpStage Stage, string Line)[] commands) =>
        Encoding.ASCII.GetBytes(string.Concat(commands.Select(command => $"{command.Line}\r\n")));
}
