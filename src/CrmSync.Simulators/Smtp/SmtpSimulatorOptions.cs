using System.Security.Cryptography.X509Certificates;

namespace CrmSync.Simulators.Smtp;

/// <summary>Where the mail sink listens and whom it knows.</summary>
public sealed record SmtpSimulatorOptions
{
    /// <summary>Port on 127.0.0.1 that speaks clear text and offers STARTTLS. Default 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>Port on 127.0.0.1 that speaks TLS from the start. Default 0: any free port.</summary>
    public int SecurePort { get; init; }

    /// <summary>DNS names the self-made certificate is valid for, besides 127.0.0.1.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = ["localhost"];

    /// <summary>Shown to clients. Default: one made for this simulator and <see cref="HostNames"/>; making it takes a moment.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Passwords by user name. With any user or token, mail is taken only after AUTH.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Access tokens that OAUTHBEARER and XOAUTH2 accept.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    public IReadOnlyList<string> Mechanisms { get; init; } = ["SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2", "PLAIN", "LOGIN"];

    /// <summary>Seed of the fault plan: the same seed and the same commands meet the same faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>False keeps only size and hash of each mail, for long runs.</summary>
    public bool KeepsContent { get; init; } = true;

    /// <summary>Called with each mail that was taken, before the client is told: the place of the system that reads the mailbox.</summary>
    public Action<ReceivedMail>? Taken { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal bool WantsAuthentication => Users.Count > 0 || Tokens.Count > 0;
}

/// <summary>How the sink behaves apart from the faults of its plan; may be changed while it runs.</summary>
public sealed class SmtpBehaviour
{
    public bool OffersStartTls { get; set; } = true;

    public bool OffersPipelining { get; set; } = true;

    /// <summary>Announced as SIZE and enforced, in octets; 0 for no fixed limit.</summary>
    public long SizeMax { get; set; } = 35L * 1024 * 1024;

    /// <summary>Recipients of one mail before 452 4.5.3.</summary>
    public int RecipientsMax { get; set; } = 100;

    /// <summary>Mails on one connection before 421, which is said without hanging up (Exim does that); 0 for no limit.</summary>
    public int MailsPerConnectionMax { get; set; }

    /// <summary>The first try from a sender to a recipient gets 451 4.7.1.</summary>
    public bool Greylists { get; set; }

    /// <summary>Hangs up after each mail, without a word, like a server whose idle time is over.</summary>
    public bool HangsUpAfterMail { get; set; }

    /// <summary>Announces PIPELINING and hangs up when a command arrives with another one behind it.</summary>
    public bool StumblesOverPipelining { get; set; }

    /// <summary>Answers 354 to DATA also when no recipient was accepted (RFC 2920 section 3.1 allows it).</summary>
    public bool AnswersDataBlindly { get; set; }

    /// <summary>Time between the arrival of commands and the departure of their answers.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Takes back what the modes switch.</summary>
    internal void Behave()
    {
        OffersStartTls = true;
        MailsPerConnectionMax = 0;
        Greylists = HangsUpAfterMail = StumblesOverPipelining = false;
    }
}
