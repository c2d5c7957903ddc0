using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Smtp;

/// <summary>A way of misbehaving that has a name.</summary>
/// <param name="Meaning">One sentence, for the list an admin sees.</param>
public sealed record SmtpMode(string Name, string Meaning, Action<SmtpSimulator> Apply);

/// <summary>What real servers, networks and attackers do to a client.</summary>
public static class SmtpModes
{
    public static IReadOnlyList<SmtpMode> All { get; } =
    [
        new("busy", "421 instead of a greeting.", s => Once(s, "CONNECT", 421, "4.3.2 Too many connections")),
        new("no-service", "554 instead of a greeting.", s => Once(s, "CONNECT", 554, "5.3.2 No service")),
        new("not-smtp", "An HTTP answer instead of a greeting.", s => Always(s, SmtpTrouble.NotSmtp, "CONNECT")),
        new("endless-lines", "A reply to EHLO whose lines never end.", s => Always(s, SmtpTrouble.EndlessLines, "EHLO")),
        new("endless-line", "A reply to EHLO in one line that never ends.", s => Always(s, SmtpTrouble.EndlessLine, "EHLO")),
        new("mixed-codes", "A reply to MAIL with two codes.", s => Always(s, SmtpTrouble.MixedCodes, "MAIL")),
        new("silent-greeting", "Accepts connections and says nothing.", s => Always(s, SmtpTrouble.Silence, "CONNECT")),
        new("silent-dot", "Takes a mail and never says whether it keeps it.", s => Always(s, SmtpTrouble.Silence, "DOT")),
        new("starttls-stripped", "STARTTLS is not offered.", s => s.Behaviour.OffersStartTls = false),
        new("starttls-poisoned", "An answer in clear behind the 220 to STARTTLS.", s => Always(s, SmtpTrouble.Poison, "STARTTLS")),
        new("starttls-unavailable", "454 to STARTTLS.", s => Always(s, SmtpTrouble.Reply(454, "4.7.0 TLS not available"), "STARTTLS")),
        new("starttls-refused", "501 to STARTTLS.", s => Always(s, SmtpTrouble.Reply(501, "5.5.4 No"), "STARTTLS")),
        new("auth-refused", "535 to every AUTH.", s => Always(s, SmtpTrouble.Reply(535, "5.7.8 Bad credentials"), "AUTH")),
        new("auth-basic-gone", "550 5.7.30 to every AUTH, as Exchange Online will answer passwords.",
            s => Always(s, SmtpTrouble.Reply(550, "5.7.30 Basic authentication is not supported"), "AUTH")),
        new("auth-unavailable", "454 to AUTH.", s => Always(s, SmtpTrouble.Reply(454, "4.7.0 Temporary authentication failure"), "AUTH")),
        new("auth-loop", "334 for ever.", s => Always(s, SmtpTrouble.AuthLoop, "AUTH")),
        new("scram-lie", "Does not know the password it asks for.", s => Always(s, SmtpTrouble.ScramLie, "AUTH")),
        new("greylisting", "451 to the first try of each sender and recipient.", s => s.Behaviour.Greylists = true),
        new("mailbox-full", "552 5.2.2 to RCPT.", s => Always(s, SmtpTrouble.Reply(552, "5.2.2 Mailbox full"), "RCPT")),
        new("unknown-recipient", "550 5.1.1 to RCPT.", s => Always(s, SmtpTrouble.Reply(550, "5.1.1 No such user"), "RCPT")),
        new("sender-not-owned", "553 5.7.1 to MAIL.", s => Always(s, SmtpTrouble.Reply(553, "5.7.1 Sender not owned by user"), "MAIL")),
        new("send-as-denied", "550 5.7.60 at the end, as Exchange answers.",
            s => Always(s, SmtpTrouble.Reply(550, "5.7.60 SMTP; Client does not have permissions to send as this sender"), "DOT")),
        new("rate", "450 4.7.1 to MAIL.", s => Always(s, SmtpTrouble.Reply(450, "4.7.1 Too much mail"), "MAIL")),
        new("daily-limit", "550 5.4.5 to MAIL, as Gmail answers.", s => Always(s, SmtpTrouble.Reply(550, "5.4.5 Daily user sending limit exceeded"), "MAIL")),
        new("one-mail-per-connection", "421 to the second mail, without hanging up.", s => s.Behaviour.MailsPerConnectionMax = 1),
        new("hangs-up-after-mail", "Closes kept connections.", s => s.Behaviour.HangsUpAfterMail = true),
        new("no-pipelining", "Stumbles over PIPELINING although it offers it.", s => s.Behaviour.StumblesOverPipelining = true),
        new("policy", "554 5.7.1 at the end.", s => Always(s, SmtpTrouble.Reply(554, "5.7.1 Rejected by policy"), "DOT")),
        new("too-big", "552 5.3.4 at the end.", s => Always(s, SmtpTrouble.Reply(552, "5.3.4 Message too big"), "DOT")),
        new("storage", "452 4.3.1 at the end.", s => Always(s, SmtpTrouble.Reply(452, "4.3.1 Insufficient system storage"), "DOT")),
        .. new[] { "CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "CONTENT", "DOT" }.Select(verb =>
            new SmtpMode($"drop-{verb.ToLowerInvariant()}", $"Hangs up at {verb}, nothing carried out.", s => Always(s, Fault.DropBefore, verb))),
        new("accept-then-drop", "Keeps the mail and hangs up before it says so.", s => Always(s, Fault.DropAfter, "DOT")),
    ];

    /// <summary>Throws <see cref="ArgumentException"/> with the list of names when there is no such mode.</summary>
    public static SmtpMode Named(string name) =>
        All.FirstOrDefault(mode => mode.Name == name)
        ?? throw new ArgumentException($"No mode '{name}'. Known are: {string.Join(", ", All.Select(mode => mode.Name))}.", nameof(name));

    private static void Always(SmtpSimulator simulator, Fault fault, string verb) => simulator.Faults.Add(new FaultRule(fault, verb));

    private static void Once(SmtpSimulator simulator, string verb, int code, string text) =>
        simulator.Faults.Once(SmtpTrouble.Reply(code, text), verb);
}
