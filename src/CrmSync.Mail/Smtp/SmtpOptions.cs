using System.Security.Cryptography.X509Certificates;

namespace CrmSync.Mail.Smtp;

public enum SmtpSecurity
{
    /// <summary>TLS from the first octet, port 465 (RFC 8314).</summary>
    Implicit,

    /// <summary>STARTTLS, required: a server without it is not used. Port 587.</summary>
    StartTls,

    /// <summary>No TLS and therefore no authentication; only for a relay on the same machine.</summary>
    None,
}

public enum SmtpPipelining
{
    Off,

    /// <summary>MAIL and RCPT in one write.</summary>
    Envelope,

    /// <summary>MAIL, RCPT and DATA in one write (RFC 2920).</summary>
    Full,
}

/// <summary>Where and how to hand in mail.</summary>
public sealed record SmtpOptions(string Host, int Port, SmtpSecurity Security)
{
    /// <summary>How to prove who we are; null to send without.</summary>
    public SmtpCredential? Credential { get; init; }

    public SmtpTrust Trust { get; init; } = new();

    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>The most a server may be offered in one write; a server that stumbles over it is offered less from then on.</summary>
    public SmtpPipelining Pipelining { get; init; } = SmtpPipelining.Full;

    /// <summary>Connections at a time. Exchange Online takes 3.</summary>
    public int ConnectionsMax { get; init; } = 2;

    /// <summary>Mails on one connection before a new one is made.</summary>
    public int MailsPerConnectionMax { get; init; } = 100;

    /// <summary>How long an unused connection is kept. Some servers hang up after 30 s.</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The name given in EHLO, a host name or an address literal; null takes one that every server accepts.</summary>
    public string? ClientName { get; init; }

    /// <summary>Ask for failure reports to the envelope sender (RFC 3461) where the server can.</summary>
    public bool RequestReports { get; init; } = true;
}

/// <summary>Whom to believe.</summary>
public sealed record SmtpTrust
{
    /// <summary>When given, only these roots count, e.g. a company's own authority. A self-signed server certificate can be its own root.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    /// <summary>SHA-256 of acceptable public keys (SubjectPublicKeyInfo), base64; a list, so that keys can roll. Empty: any trusted one.</summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    public X509Certificate2? ClientCertificate { get; init; }

    public SmtpRevocation Revocation { get; init; } = SmtpRevocation.Soft;
}

public enum SmtpRevocation
{
    Off,

    /// <summary>A certificate known to be revoked is refused; one whose state cannot be learnt is taken.</summary>
    Soft,

    /// <summary>A certificate whose state cannot be learnt is refused.</summary>
    Hard,
}

/// <summary>RFC 5321 section 4.5.3.2; each bounds the wait for one answer, or for one block to leave.</summary>
public sealed record SmtpTimeouts
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>EHLO, STARTTLS, AUTH, MAIL, RCPT, RSET, NOOP.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan Block { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Too short a wait after the final dot makes duplicates.</summary>
    public TimeSpan FinalDot { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For one mail as a whole, connecting included.</summary>
    public TimeSpan Overall { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a caller that gives up still waits for the answer to a final dot that has left.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    internal TimeSpan For(SmtpStage stage) => stage switch
    {
        SmtpStage.Connect => Connect,
        SmtpStage.Greeting => Greeting,
        SmtpStage.Data => Data,
        SmtpStage.Content => Block,
        SmtpStage.FinalDot => FinalDot,
        _ => Command,
    };
}

/// <summary>How to prove who we are. The list is closed.</summary>
public abstract record SmtpCredential(string User)
{
    /// <summary>SCRAM-SHA-256, PLAIN or LOGIN, whichever is the best the server has.</summary>
    public sealed record Password(string User, string Secret) : SmtpCredential(User)
    {
        public override string ToString() => "[password]";
    }

    /// <summary>OAUTHBEARER or XOAUTH2.</summary>
    public sealed record OAuth(string User, IAccessTokenSource Tokens) : SmtpCredential(User)
    {
        public override string ToString() => "[oauth]";
    }
}

/// <summary>Where access tokens come from; it may cache them.</summary>
public interface IAccessTokenSource
{
    /// <exception cref="AccessTokenException">There is none.</exception>
    ValueTask<string> GetAsync(CancellationToken cancel);

    /// <summary>The server did not take this token: never hand it out again.</summary>
    void Forget(string token);
}
