using System.Globalization;
using CrmSync.Core.Configuration;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What can be wrong with a connector's section, found without asking the network.</summary>
internal static class SalesforceRules
{
    private const double OldestVersion = 60;

    public static IReadOnlyList<Complaint> Check(string path, SalesforceOptions options) =>
        [
            .. Address(options).Concat(SignIn(options)).Concat(Numbers(options)).Concat(Notes(options)).Select(c => c with { Key = $"{path}:{c.Key}" }),
        ];

    private static IEnumerable<Complaint> Address(SalesforceOptions options)
    {
        if (options.Url is not { IsAbsoluteUri: true } url)
        {
            yield return new Complaint("Url", "is missing or no full address.", "Write the org's My Domain, e.g. https://example.my.salesforce.com.");
        }
        else if (!SalesforceHttp.IsSafe(url))
        {
            yield return new Complaint("Url", "is not https.", "Write https://; plain http is taken for this machine only (simulator).");
        }
        else if (url.IdnHost is "login.salesforce.com" or "test.salesforce.com")
        {
            yield return new Complaint("Url", "is the login page for everybody.", "Write the org's own My Domain: Setup, My Domain, Current My Domain URL.");
        }
    }

    private static IEnumerable<Complaint> SignIn(SalesforceOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return new Complaint("ClientId", "is missing.", "Write the consumer key of the External Client App.");
        }

        if (options.ClientSecret is { } secret && string.IsNullOrWhiteSpace(secret.Reveal()))
        {
            yield return new Complaint("ClientSecret", "is empty.", "Write the consumer secret, or leave the setting out to sign in by JWT.");
        }

        var keys = SalesforceKey.Given(options);
        var key = keys.Count > 0;
        if (options.ClientSecret is null && !key)
        {
            yield return new Complaint("PrivateKey", "is missing.", "Name the PEM file of the app's private key in PrivateKey_FILE or its PFX in CertificateFile, or set ClientSecret for client credentials.");
        }
        else if (options.ClientSecret is not null && key)
        {
            yield return new Complaint("ClientSecret", "stands beside a private key.", "Keep one: the private key signs in by JWT, the secret by client credentials.");
        }

        if (key && string.IsNullOrWhiteSpace(options.Username))
        {
            yield return new Complaint("Username", "is missing.", "Write the user name of the integration user that the app is approved for.");
        }

        if (keys.Count > 1)
        {
            yield return new Complaint(keys[1], $"stands beside {keys[0]}.", "Keep one of them: each holds the key that signs in.");
        }
        else if (key && SalesforceKey.Problem(options) is { } problem)
        {
            yield return problem;
        }
    }

    private static IEnumerable<Complaint> Numbers(SalesforceOptions options)
    {
        if (!double.TryParse(options.ApiVersion, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) || version < OldestVersion)
        {
            yield return new Complaint("ApiVersion", "is no version of at least 60.0.", "Leave it out, or write e.g. 67.0.");
        }

        if (options.GraphsMax is < 1 or > 75)
        {
            yield return new Complaint("GraphsMax", "is not between 1 and 75.", "Leave it out for 67; Salesforce takes 75 at most.");
        }

        if (options.CallBytesMax is < 1_000_000 or > 48_000_000)
        {
            yield return new Complaint("CallBytesMax", "is not between 1000000 and 48000000.", "Leave it out for 24000000.");
        }

        if (options.InlineFileBytesMax is < 100_000 or > 30_000_000)
        {
            yield return new Complaint("InlineFileBytesMax", "is not between 100000 and 30000000.", "Leave it out for 5000000.");
        }

        if (options.Concurrency is < 1 or > 4)
        {
            yield return new Complaint("Concurrency", "is not between 1 and 4.", "Leave it out for 2.");
        }

        if (options.QuotaShare is <= 0 or > 1)
        {
            yield return new Complaint("QuotaShare", "is not above 0 and at most 1.", "Write 0.8 to stop when 80 % of the org's daily calls are used.");
        }

        if (options.Timeout < TimeSpan.FromSeconds(5) || options.Timeout > TimeSpan.FromMinutes(2))
        {
            yield return new Complaint("Timeout", "is not between 5 seconds and 2 minutes.", "Leave it out for 00:00:45.");
        }

        if (options.Linger < TimeSpan.Zero || options.Linger > TimeSpan.FromMinutes(5))
        {
            yield return new Complaint("Linger", "is not between 0 and 5 minutes.", "Leave it out for 00:00:02.");
        }

        if (options.Settle < TimeSpan.Zero || options.Settle > TimeSpan.FromHours(1))
        {
            yield return new Complaint("Settle", "is not between 0 and 1 hour.", "Leave it out for 00:10:00, the longest a REST call may run.");
        }
    }

    private static IEnumerable<Complaint> Notes(SalesforceOptions options)
    {
        if (options.OtherNote is SalesforceNote.CaseComment)
        {
            yield return new Complaint("OtherNote", "is CaseComment, which only Cases have.", "Write Task or FeedItem.");
        }

        foreach (var field in options.CaseFields.Keys.Where(f => f.Length == 0 || !f.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
        {
            yield return new Complaint("CaseFields", $"holds \"{field}\", which is no API name of a field.", "Write API names, e.g. CrmSync_Disposition__c.");
        }

        if (options is { Transport: SalesforceTransport.Graph, Package: false })
        {
            yield return new Complaint("Package", "is false, but Transport Graph needs the package.", "Install the package and leave Package out, or set Transport to Composite.");
        }

        if (options.Lookup is { Contact: true, By.Count: 0 })
        {
            yield return new Complaint("Lookup:By", "is empty, so that nobody is looked up.", "Write what customers are known by, e.g. [ \"Contact\", \"Email\", \"Phone\" ].");
        }
    }
}
