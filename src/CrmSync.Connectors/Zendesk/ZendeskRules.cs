using System.Text.RegularExpressions;
using CrmSync.Core.Configuration;

namespace CrmSync.Connectors.Zendesk;

/// <summary>What must hold in a Zendesk section. Pure; each complaint says what to write.</summary>
internal static class ZendeskRules
{
    public static IEnumerable<Complaint> Check(ZendeskOptions options, string path) =>
        [.. Address(options, path), .. Credentials(options, path), .. Numbers(options, path), .. Forms(options, path)];

    private static IEnumerable<Complaint> Address(ZendeskOptions options, string path)
    {
        if (options.Url is not { } url)
        {
            yield return new($"{path}:Url", "is missing.", "Write the account's address, e.g. https://example.zendesk.com.");
        }
        else if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            yield return new($"{path}:Url", "is not a web address.", "Write the account's address, e.g. https://example.zendesk.com.");
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            yield return new($"{path}:Url", "is not encrypted.", "Write https:// instead of http://; plain http is for a simulator on this machine.");
        }
        else if (url.AbsolutePath.Length > 1)
        {
            yield return new($"{path}:Url", "has a path.", $"Write only {url.GetLeftPart(UriPartial.Authority)}.");
        }

        foreach (var host in options.Hosts.Where(host => Uri.CheckHostName(host) is UriHostNameType.Unknown))
        {
            yield return new($"{path}:Hosts", $"holds '{host}', which is no host name.", "Write it without https:// and without a path, e.g. help.example.com.");
        }
    }

    private static IEnumerable<Complaint> Credentials(ZendeskOptions options, string path)
    {
        var client = options.ClientId is not null || options.ClientSecret is not null;
        var token = options.ApiTokenUser is not null || options.ApiToken is not null;

        if (client && token)
        {
            yield return new($"{path}:ApiToken", "stands beside an OAuth client.", "Remove ApiTokenUser and ApiToken: the client is enough.");
        }
        else if (token)
        {
            if (string.IsNullOrWhiteSpace(options.ApiTokenUser))
            {
                yield return new($"{path}:ApiTokenUser", "is missing.", "Write the email address of the agent the API token belongs to.");
            }

            if (string.IsNullOrWhiteSpace(options.ApiToken?.Reveal()))
            {
                yield return new($"{path}:ApiToken", "is missing.", "Write the API token, or better use ClientId and ClientSecret of an OAuth client.");
            }
        }
        else
        {
            if (string.IsNullOrWhiteSpace(options.ClientId))
            {
                yield return new($"{path}:ClientId", "is missing.", "Write the identifier of the OAuth client: Admin Center, Apps and integrations, APIs, OAuth clients.");
            }

            if (string.IsNullOrWhiteSpace(options.ClientSecret?.Reveal()))
            {
                yield return new($"{path}:ClientSecret", "is missing.", "Write the client's secret, best by ClientSecret_FILE or an environment variable.");
            }
        }

        if (string.IsNullOrWhiteSpace(options.Scope))
        {
            yield return new($"{path}:Scope", "is empty.", "Write read write.");
        }
    }

    private static IEnumerable<Complaint> Numbers(ZendeskOptions options, string path)
    {
        if (options.BulkFrom is < 1 or > ZendeskLimits.TicketsInJob)
        {
            yield return new($"{path}:BulkFrom", "is out of range.", $"Write a number from 1 to {ZendeskLimits.TicketsInJob}.");
        }

        if (options.Concurrency is < 1 or > 32)
        {
            yield return new($"{path}:Concurrency", "is out of range.", "Write a number from 1 to 32.");
        }

        if (options.QuotaShare is not (> 0 and <= 1))
        {
            yield return new($"{path}:QuotaShare", "is out of range.", "Write a number above 0 up to 1, e.g. 0.5 for half of the account's requests.");
        }

        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(2))
        {
            yield return new($"{path}:Timeout", "is out of range.", "Write a duration from 00:00:01 to 00:02:00.");
        }

        if (options.Settle < options.Timeout)
        {
            yield return new($"{path}:Settle", "is shorter than Timeout.", "Write at least the Timeout: asking earlier could miss a note that is still on its way.");
        }

        if (options.JobPoll <= TimeSpan.Zero || options.JobWait < options.JobPoll || options.JobWait > TimeSpan.FromMinutes(4))
        {
            yield return new($"{path}:JobWait", "does not fit JobPoll.", "Write a duration from JobPoll to 00:04:00.");
        }

        if (options.FindWithin <= TimeSpan.Zero || options.FindWithin > TimeSpan.FromDays(7))
        {
            yield return new($"{path}:FindWithin", "is out of range.", "Write a duration from 00:01:00 to 7.00:00:00.");
        }

        if (options.Linger < TimeSpan.Zero || options.Linger > TimeSpan.FromMinutes(10))
        {
            yield return new($"{path}:Linger", "is out of range.", "Write a duration from 00:00:00 to 00:10:00.");
        }
    }

    private static IEnumerable<Complaint> Forms(ZendeskOptions options, string path)
    {
        if (options.AttachmentExtension is not ("json" or "txt"))
        {
            yield return new($"{path}:AttachmentExtension", "is not known.", "Write json or txt.");
        }

        if (options.CustomFields.Any(id => id <= 0))
        {
            yield return new($"{path}:CustomFields", "holds a number that is no field id.", "Write ids as Admin Center shows them, e.g. 360001234567.");
        }

        if (options.TicketPattern is { } pattern && !HasOneGroup(pattern))
        {
            yield return new($"{path}:TicketPattern", "is not a regular expression with one group.", @"Write one such as ^ZD-(\d+)$.");
        }
    }

    private static bool HasOneGroup(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking).GetGroupNumbers().Length == 2;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
