namespace CrmSync.Mail.Smtp;

/// <summary>What one try at a mail came to, for one recipient. The list is closed.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The server took responsibility (250 after the final dot). That is not yet "it is in the mailbox".</summary>
    /// <param name="QueueId">The server's own name for the mail, when its answer holds one.</param>
    public sealed record Accepted(SmtpReply Reply, string? QueueId) : SendResult;

    /// <summary>Certainly not carried out, and may succeed later unchanged.</summary>
    public sealed record NotCarriedOut(SmtpFault Fault) : SendResult;

    /// <summary>The final dot left and no answer came: the server may have it.</summary>
    public sealed record InDoubt(SmtpFault Fault) : SendResult;

    /// <summary>The server will not take this mail, or not for this recipient (5xx), or it is too big.</summary>
    public sealed record Refused(SmtpFault Fault) : SendResult;

    /// <summary>The server does not accept our credentials, or wants some.</summary>
    public sealed record NotAuthenticated(SmtpFault Fault) : SendResult;

    /// <summary>No TLS to be had, or a certificate that must not be trusted. Nothing was sent.</summary>
    public sealed record NotTrusted(SmtpFault Fault) : SendResult;
}

public sealed record RecipientResult(Mime.Mailbox Recipient, SendResult Result);
