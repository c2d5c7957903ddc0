namespace CrmSync.Mail.Smtp;

/// <summary>How far a conversation had come.</summary>
public enum SmtpStage
{
    Connect,
    Greeting,
    Ehlo,
    StartTls,
    Authentication,
    MailFrom,
    RcptTo,
    Data,

    /// <summary>The mail itself is being written; without the final dot no server may keep it.</summary>
    Content,

    /// <summary>The final dot has left: from here on only an answer tells what happened.</summary>
    FinalDot,
}

public enum SmtpProblem
{
    /// <summary>No connection: name not found, refused, no route, no answer.</summary>
    Unreachable,

    /// <summary>The connection ended while an answer was due.</summary>
    Closed,

    /// <summary>No answer within the time for this stage, or the overall deadline passed.</summary>
    TimedOut,

    /// <summary>Not SMTP, or more than a server may say.</summary>
    Malformed,

    /// <summary>No TLS, or a certificate that must not be trusted.</summary>
    Untrusted,

    /// <summary>The server did not accept who we are.</summary>
    Unauthenticated,

    /// <summary>The server answered 4xx or 5xx; see the reply.</summary>
    Answered,

    /// <summary>Bigger than the server announced to take; nothing was sent.</summary>
    TooBig,

    /// <summary>The caller gave up after the final dot had left.</summary>
    Abandoned,
}

/// <summary>What went wrong, where.</summary>
/// <param name="Message">One sentence for an operator: no address, no secret, no text of the server.</param>
/// <param name="Reply">The answer that settled it, when there was one.</param>
public sealed record SmtpFault(SmtpStage Stage, SmtpProblem Problem, string Message, SmtpReply? Reply = null);
