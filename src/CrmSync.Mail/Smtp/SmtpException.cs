namespace CrmSync.Mail.Smtp;

/// <summary>Ends a conversation; <see cref="SmtpClient"/> turns it into a <see cref="SendResult"/>. It never leaves this library.</summary>
internal sealed class SmtpException(SmtpFault fault, Exception? inner = null) : Exception(fault.Message, inner)
{
    public SmtpFault Fault => fault;

    public static SmtpException Answered(SmtpStage stage, SmtpReply reply) =>
        new(new SmtpFault(stage, SmtpProblem.Answered, $"The server answered {reply} at {stage}.", reply));
}
