using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Smtp;

/// <summary>Faults only a mail server can commit, for <see cref="FaultPlan"/>.</summary>
/// <remarks>
/// A rule's method is the SMTP verb; besides the real ones there are <c>CONNECT</c> (the greeting), <c>CONTENT</c> (the first lines
/// of a mail) and <c>DOT</c> (its end). A rule's path is the address, where the verb has one. The status of a refusal is the reply's
/// code and its <see cref="Fault.Name"/> the reply's text.
/// </remarks>
public static class SmtpTrouble
{
    /// <summary>No answer, the connection stays open.</summary>
    public static readonly Fault Silence = Fault.Named("silence");

    /// <summary>A reply whose lines never end.</summary>
    public static readonly Fault EndlessLines = Fault.Named("endless-lines");

    /// <summary>A line that never ends.</summary>
    public static readonly Fault EndlessLine = Fault.Named("endless-line");

    /// <summary>One reply, two codes.</summary>
    public static readonly Fault MixedCodes = Fault.Named("mixed-codes");

    /// <summary>Another protocol answers.</summary>
    public static readonly Fault NotSmtp = Fault.Named("not-smtp");

    /// <summary>At STARTTLS: an answer in clear behind the 220.</summary>
    public static readonly Fault Poison = Fault.Named("poison");

    /// <summary>At AUTH: 334 for ever.</summary>
    public static readonly Fault AuthLoop = Fault.Named("auth-loop");

    /// <summary>At AUTH: SCRAM with a signature that only a server without the password would give.</summary>
    public static readonly Fault ScramLie = Fault.Named("scram-lie");

    public static Fault Reply(int code, string text) => new(FaultKind.Refuse, code, Name: text);

    /// <summary>True for what replaces an answer; the others are for the command to carry out.</summary>
    internal static bool IsNonsense(Fault fault) =>
        fault == Silence || fault == EndlessLines || fault == EndlessLine || fault == MixedCodes || fault == NotSmtp;

    internal static Task CommitAsync(Fault nonsense, SmtpWire wire, CancellationToken cancel) => nonsense.Name switch
    {
        "silence" => wire.DrainAsync(cancel),
        "endless-lines" => RepeatAsync("250-and another thing\r\n", wire, cancel),
        "endless-line" => RepeatAsync("250-and another thing ", wire, cancel),
        "mixed-codes" => SayAsync("250-yes\r\n550 no\r\n", wire, cancel),
        _ => SayAsync("HTTP/1.1 400 Bad Request\r\n\r\n", wire, cancel),
    };

    private static Task SayAsync(string text, SmtpWire wire, CancellationToken cancel)
    {
        wire.Write(text);
        return wire.FlushAsync(cancel);
    }

    private static async Task RepeatAsync(string text, SmtpWire wire, CancellationToken cancel)
    {
        while (true)
        {
            await SayAsync(text, wire, cancel);
        }
    }
}
