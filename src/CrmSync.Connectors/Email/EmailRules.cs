using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CrmSync.Core.Configuration;
using CrmSync.Core.Sessions;
using CrmSync.Mail.Dkim;
using CrmSync.Mail.Mime;

namespace CrmSync.Connectors.Email;

/// <summary>What the options of an Email connector must be, beyond their types.</summary>
internal static class EmailRules
{
    // Below this there is no room for headers and a note.
    private const long MailBytesMin = 64 * 1024;

    public static IEnumerable<Complaint> Check(string path, EmailOptions options) =>
    [
        .. CheckPreset(path, options),
        .. CheckAddresses(path, options),
        .. CheckTickets(path, options),
        .. CheckLimits(path, options),
        .. CheckVerify(path, options),
        .. CheckTransport(path, options),
        .. options.Smtp is { } smtp ? EmailSmtpRules.Check($"{path}:Smtp", smtp) : [],
        .. options.Dkim is { } dkim ? CheckDkim($"{path}:Dkim", dkim) : [],
    ];

    private static IEnumerable<Complaint> CheckPreset(string path, EmailOptions options)
    {
        if (EmailPresets.Named(options.Preset) is not { } preset)
        {
            yield return new($"{path}:Preset", "is not a known preset.", NearestName.Hint(options.Preset, EmailPresets.All.Select(p => p.Name)));
            yield break;
        }

        if (options.Tag is null && preset.Tag is null && (options.Subject ?? preset.Subject).Contains("{tag}", StringComparison.Ordinal))
        {
            yield return new(
                $"{path}:Tag", "is missing.", $"Write the name that {preset.Name} puts before the ticket's number in its own subjects; a wrong one opens new tickets.");
        }

        if (options.Tag is { } tag && (tag.Any(char.IsControl) || tag.IndexOfAny(['[', ']', '#']) >= 0 && preset.Tag is null))
        {
            yield return new($"{path}:Tag", "holds brackets or control characters.", "Write only the name, e.g. example.com for subjects like [example.com #42].");
        }

        if (options.Subject is { } subject && preset.NeedsTicket && preset.FirstLine is null && !subject.Contains("{ticket}", StringComparison.Ordinal))
        {
            yield return new($"{path}:Subject", "does not hold {ticket}.", $"Without it {preset.Name} cannot find the ticket; write it where the tag belongs.");
        }
    }

    private static IEnumerable<Complaint> CheckAddresses(string path, EmailOptions options)
    {
        var sender = Mailbox.TryParse(options.From, out var from) ? from : null;
        var recipient = Mailbox.TryParse(options.To?.Replace("{ticket}", "1", StringComparison.Ordinal), out var to) ? to : null;

        if (sender is null)
        {
            yield return new($"{path}:From", Missing(options.From), "Write the sender the mail server lets you use, e.g. CrmSync <crmsync@example.com>.");
        }

        if (recipient is null)
        {
            yield return new($"{path}:To", Missing(options.To), "Write the ingest address of the CRM, e.g. records@example.com.");
        }

        if (sender is not null && recipient is not null && sender.Reaches(recipient))
        {
            yield return new($"{path}:To", "is the sender's own address.", "Write another one: the connector would answer itself.");
        }

        foreach (var (key, value) in new[] { ("EnvelopeFrom", options.EnvelopeFrom), ("ReplyTo", options.ReplyTo) })
        {
            if (value is { Length: > 0 } && !Mailbox.TryParse(value, out _))
            {
                yield return new($"{path}:{key}", "is not a mail address.", "Write one address, e.g. bounces@example.com, or leave it out.");
            }
        }

        if (options.MessageIdDomain is { } domain && !Mailbox.TryParse($"a@{domain}", out _))
        {
            yield return new($"{path}:MessageIdDomain", "is not a domain.", "Write a domain of yours, e.g. crmsync.example.com, or leave it out.");
        }
    }

    private static IEnumerable<Complaint> CheckTickets(string path, EmailOptions options)
    {
        if (options.TicketPattern is { } pattern && !IsPattern(pattern))
        {
            yield return new($"{path}:TicketPattern", "is not a regular expression.", "Write one that matches a whole ticket id, e.g. [0-9]+.");
        }

        if (options.TicketPath is { } ticketPath && !JsonPath.TryParse(ticketPath, out _, out var problem))
        {
            yield return new($"{path}:TicketPath", $"cannot be read: {problem}.", "Write a path into the session's JSON, e.g. custom.thread_token.");
        }
    }

    private static IEnumerable<Complaint> CheckLimits(string path, EmailOptions options)
    {
        if (options.MailBytesMax is < MailBytesMin)
        {
            yield return new($"{path}:MailBytesMax", "leaves no room for a note.", $"Write at least {MailBytesMin}, or leave it out.");
        }

        foreach (var (key, value) in new[]
        {
            ("MailsPerHourMax", options.MailsPerHourMax ?? 0), ("MailsPerDayMax", options.MailsPerDayMax),
            ("MailsPerTicketAndHourMax", options.MailsPerTicketAndHourMax - 1),
        })
        {
            if (value < 0)
            {
                yield return new($"{path}:{key}", "is too small.", "Write a number of mails.");
            }
        }

        foreach (var name in options.Headers.Keys.Where(name => !MailHeader.IsFree(name)))
        {
            yield return new($"{path}:Headers:{name}", "cannot be set.", "CrmSync writes this header itself, or it is not a header's name; take it out.");
        }
    }

    private static IEnumerable<Complaint> CheckVerify(string path, EmailOptions options)
    {
        if (options.InDoubt == EmailInDoubt.Verify && string.IsNullOrWhiteSpace(options.VerifyWith))
        {
            yield return new($"{path}:VerifyWith", "is missing.", "Write the name of the connector of kind Salesforce or Zendesk that reads the CRM this mail is for, or choose another InDoubt.");
        }

        if (options.InDoubt != EmailInDoubt.Verify && options.VerifyWith is not null)
        {
            yield return new($"{path}:VerifyWith", "is set, but InDoubt is not Verify.", "Set \"InDoubt\": \"Verify\", or take VerifyWith out.");
        }

        if (options.VerifyAfter < TimeSpan.Zero)
        {
            yield return new($"{path}:VerifyAfter", "is negative.", "Write how long a mail may be on its way into the CRM, e.g. 00:05:00.");
        }
    }

    private static IEnumerable<Complaint> CheckTransport(string path, EmailOptions options)
    {
        if (options.Smtp is null == options.Pickup is null)
        {
            yield return new(
                path,
                options.Smtp is null ? "says neither Smtp nor Pickup." : "says both Smtp and Pickup.",
                "Give exactly one: Smtp hands mail to a server, Pickup writes .eml files into a folder.");
        }

        if (options.Pickup is { } pickup && string.IsNullOrWhiteSpace(pickup.Folder))
        {
            yield return new($"{path}:Pickup:Folder", "is missing.", "Write the folder that your mail system picks .eml files up from.");
        }
    }

    private static IEnumerable<Complaint> CheckDkim(string path, EmailDkimOptions dkim)
    {
        foreach (var (key, value) in new[] { ("Domain", dkim.Domain), ("Selector", dkim.Selector), ("KeyFile", dkim.KeyFile) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new($"{path}:{key}", "is missing.", "Give domain, selector and key file, or leave Dkim out.");
            }
        }

        if (dkim is { Domain.Length: > 0, Selector.Length: > 0, KeyFile: { Length: > 0 } file } && !CanSign(dkim.Domain, dkim.Selector, file))
        {
            yield return new(
                $"{path}:KeyFile", "is no key to sign with.", "Write the path of a PEM file with an RSA private key of 1024 bits or more that the worker may read.");
        }
    }

    private static bool CanSign(string domain, string selector, string file)
    {
        try
        {
            using var signer = DkimSigner.FromPem(domain, selector, File.ReadAllText(file));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static string Missing(string? value) => string.IsNullOrWhiteSpace(value) ? "is missing." : "is not a mail address.";

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
