using System.Text;

namespace CrmSync.Mail.Smtp.Sasl;

/// <summary>One way of proving who we are: bytes in, bytes out (RFC 4422).</summary>
internal abstract class SaslMechanism(string name)
{
    public string Name => name;

    /// <summary>What may be said before the server asks; null when the server speaks first.</summary>
    public virtual byte[]? InitialResponse => null;

    /// <summary>False while the server has still to prove that it knows the secret too.</summary>
    public virtual bool ServerIsProven => true;

    /// <summary>The answer to a challenge; null to break off.</summary>
    public abstract byte[]? Respond(byte[] challenge);
}

/// <summary>RFC 4616.</summary>
internal sealed class Plain(string user, string password) : SaslMechanism("PLAIN")
{
    public override byte[] InitialResponse =>
        Encoding.UTF8.GetBytes($"\0{user.Normalize(NormalizationForm.FormKC)}\0{password.Normalize(NormalizationForm.FormKC)}");

    public override byte[]? Respond(byte[] challenge) => null;
}

/// <summary>Never standardised; the server asks for the name, then for the password.</summary>
internal sealed class Login(string user, string password) : SaslMechanism("LOGIN")
{
    private int _asked;

    public override byte[]? Respond(byte[] challenge) => ++_asked switch
    {
        1 => Encoding.UTF8.GetBytes(user),
        2 => Encoding.UTF8.GetBytes(password),
        _ => null,
    };
}

/// <summary>developers.google.com/gmail/imap/xoauth2-protocol; also Exchange Online.</summary>
internal sealed class XOAuth2(string user, string token) : SaslMechanism("XOAUTH2")
{
    public override byte[] InitialResponse => Encoding.UTF8.GetBytes($"user={user}\u0001auth=Bearer {token}\u0001\u0001");

    // A challenge is the report of a failure; an empty line makes the server say 535.
    public override byte[]? Respond(byte[] challenge) => [];
}

/// <summary>RFC 7628.</summary>
internal sealed class OAuthBearer(string user, string token, string host, int port) : SaslMechanism("OAUTHBEARER")
{
    public override byte[] InitialResponse => Encoding.UTF8.GetBytes(
        $"n,a={ScramSha256.Escape(user)},\u0001host={host}\u0001port={port}\u0001auth=Bearer {token}\u0001\u0001");

    // Section 3.2.3: a lone ^A acknowledges the report of a failure.
    public override byte[]? Respond(byte[] challenge) => [1];
}
