using System.Net;
using CrmSync.Core.Configuration;
using CrmSync.Mail.Smtp;

namespace CrmSync.Connectors.Email;

/// <summary>What must be true of section <c>Smtp</c>.</summary>
internal static class EmailSmtpRules
{
    private static readonly TimeSpan TimeoutMin = TimeSpan.FromSeconds(10);

    public static IEnumerable<Complaint> Check(string path, EmailSmtpOptions smtp)
    {
        if (Uri.CheckHostName(smtp.Host ?? string.Empty) == UriHostNameType.Unknown)
        {
            yield return new($"{path}:Host", "is missing or not a host name.", "Write the mail server's name, e.g. smtp.office365.com.");
        }
        else if (smtp.Security == SmtpSecurity.None && !IsLoopback(smtp.Host!))
        {
            yield return new($"{path}:Security", "is None for another machine.", "Write StartTls or Implicit: notes would travel readable by anyone.");
        }

        if (smtp.Security == SmtpSecurity.None && smtp.User is not null)
        {
            yield return new($"{path}:User", "is set without TLS.", "Credentials are never sent in clear: set Security, or take User out.");
        }

        if (smtp.Port is < 1 or > 65535)
        {
            yield return new($"{path}:Port", "is not a port.", "Write a number from 1 to 65535, or leave it out.");
        }

        if (smtp.Connections is < 1 or > 20)
        {
            yield return new($"{path}:Connections", "is out of range.", "Write a number from 1 to 20.");
        }

        if (smtp.ClientName is { } name && (Uri.CheckHostName(name.Trim('[', ']').Replace("IPv6:", string.Empty, StringComparison.Ordinal)) == UriHostNameType.Unknown || name.Contains('_')))
        {
            yield return new($"{path}:ClientName", "is not a host name or an address in brackets.", "Write a name without underscores, e.g. crmsync.example.com, or leave it out.");
        }

        if (smtp.Timeout < TimeoutMin)
        {
            yield return new($"{path}:Timeout", "is too short.", "Write at least 00:00:10: a mail that is given up too early may arrive twice.");
        }

        if (smtp.CaFile is { } caFile && !File.Exists(caFile))
        {
            yield return new($"{path}:CaFile", "does not exist.", "Write the path of a PEM file with your authority's certificate.");
        }

        foreach (var complaint in CheckSignIn(path, smtp))
        {
            yield return complaint;
        }
    }

    private static IEnumerable<Complaint> CheckSignIn(string path, EmailSmtpOptions smtp)
    {
        if (smtp.Password is not null && smtp.OAuth is not null)
        {
            yield return new(path, "has both a Password and OAuth.", "Keep one of them; Microsoft 365 and Google want OAuth.");
        }

        if (smtp.User is null != (smtp.Password is null && smtp.OAuth is null))
        {
            yield return new($"{path}:User", "and the password or OAuth belong together.", "Give both, or none for a server that knows this machine.");
        }

        if (smtp.OAuth is not { } oauth)
        {
            yield break;
        }

        if (oauth.TokenUrl is { } url && url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
        {
            yield return new($"{path}:OAuth:TokenUrl", "is not https.", "Write an https address; http is taken for this machine only.");
        }

        var isMicrosoft = oauth.Provider == EmailOAuthProvider.Microsoft365;
        if (isMicrosoft && (oauth.ClientId is null || (oauth.Tenant is null && oauth.TokenUrl is null)))
        {
            yield return new($"{path}:OAuth", "lacks Tenant or ClientId.", "Copy both from the app registration's overview page.");
        }

        if (isMicrosoft && oauth.ClientSecret is null == oauth.CertificateFile is null)
        {
            yield return new($"{path}:OAuth", "needs either ClientSecret or CertificateFile.", "Give one of them, as registered for the application.");
        }

        foreach (var (key, file) in new[] { ("CertificateFile", oauth.CertificateFile), ("ServiceAccountFile", oauth.ServiceAccountFile) })
        {
            if (file is not null && !File.Exists(file))
            {
                yield return new($"{path}:OAuth:{key}", "does not exist.", "Write the path of a file that the worker may read.");
            }
        }

        if (!isMicrosoft && oauth.ServiceAccountFile is null)
        {
            yield return new($"{path}:OAuth:ServiceAccountFile", "is missing.", "Write the path of the service account's JSON key file.");
        }
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
