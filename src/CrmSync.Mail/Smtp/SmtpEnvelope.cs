using System.Globalization;
using System.Text;
using CrmSync.Mail.Mime;

namespace CrmSync.Mail.Smtp;

/// <summary>Who sends, who receives: what the server acts on, whatever the header says.</summary>
/// <param name="From">Where reports of failure go.</param>
/// <param name="EnvelopeId">Comes back in reports as Original-Envelope-Id (RFC 3461); null for none.</param>
public sealed record SmtpEnvelope(Mailbox From, IReadOnlyList<Mailbox> To, string? EnvelopeId = null)
{
    /// <summary>RFC 3461 xtext.</summary>
    internal static string Xtext(string text)
    {
        var xtext = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is > 32 and < 127 and not ((byte)'+' or (byte)'='))
            {
                xtext.Append((char)octet);
            }
            else
            {
                xtext.Append(CultureInfo.InvariantCulture, $"+{octet:X2}");
            }
        }

        return xtext.ToString();
    }
}
