using System.Text.RegularExpressions;

namespace CrmSync.Mail.Smtp;

/// <summary>The answers to MAIL, each RCPT, and DATA; what they mean for each recipient.</summary>
internal sealed partial class EnvelopeReplies(int commands)
{
    private readonly List<SmtpReply> _replies = new(commands);

    public SmtpReply? Data => _replies.Count == commands ? _replies[^1] : null;

    public bool NoRecipient => !_replies[0].IsPositive || NoRecipientAmong(_replies.Skip(1).SkipLast(1));

    public void Add(SmtpReply reply) => _replies.Add(reply);

    /// <summary>True when command <paramref name="next"/> need not be sent any more.</summary>
    public bool IsHopeless(int next) =>
        _replies.Count > 0 && (!_replies[0].IsPositive || (next == commands - 1 && NoRecipientAmong(_replies.Skip(1))));

    /// <param name="recipient">Its place in the envelope.</param>
    /// <param name="verdict">The answer to the content, when there was any content.</param>
    public SendResult ResultFor(int recipient, SmtpReply? verdict)
    {
        if (!_replies[0].IsPositive)
        {
            return Failed(SmtpStage.MailFrom, _replies[0]);
        }

        // A server that said 421 to an earlier recipient was not asked about this one.
        var own = _replies[Math.Min(recipient + 1, _replies.Count - 1)];
        if (!own.IsPositive)
        {
            return Failed(SmtpStage.RcptTo, own);
        }

        if (verdict is null)
        {
            return Failed(SmtpStage.Data, _replies[^1]);
        }

        return verdict.IsPositive ? new SendResult.Accepted(verdict, QueueIdIn(verdict)) : Failed(SmtpStage.FinalDot, verdict);
    }

    /// <summary>What an answer other than "yes" means.</summary>
    public static SendResult Failed(SmtpStage stage, SmtpReply reply)
    {
        var answered = new SmtpFault(stage, SmtpProblem.Answered, $"The server answered {reply} at {stage}.", reply);
        return reply switch
        {
            { Code: 530 or 534 or 535 or 538 } =>
                new SendResult.NotAuthenticated(answered with { Problem = SmtpProblem.Unauthenticated }),
            { IsPermanent: true } => new SendResult.Refused(answered),
            { IsTransient: true } => new SendResult.NotCarriedOut(answered),
            _ => new SendResult.NotCarriedOut(answered with { Problem = SmtpProblem.Malformed }),
        };
    }

    private static bool NoRecipientAmong(IEnumerable<SmtpReply> replies) => !replies.Any(reply => reply.IsPositive);

    // "queued as 4D7B2" (Postfix), "OK id=1tE..." (Exim), "4f2a Message accepted" (OpenSMTPD), "Ok <...>" (others).
    private static string? QueueIdIn(SmtpReply reply)
    {
        var match = QueueId().Match(reply.Text);
        return match.Success ? match.Groups["id"].Value : null;
    }

    [GeneratedRegex(@"(queued as |\bid=|queued mail for delivery |^ok )\[?<?(?<id>[A-Za-z0-9][A-Za-z0-9._@-]{2,119})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QueueId();
}
