using CrmSync.Connectors.Email;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Connectors.Email;

public sealed class EmailRulesTests
{
    private static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["Kind"] = "Email",
        ["From"] = "CrmSync <crmsync@example.com>",
        ["To"] = "records@crm.example",
        ["Pickup:Folder"] = "pickup",
    };

    private static readonly Dictionary<string, string?> GoodSmtp = new(StringComparer.Ordinal)
    {
        ["Kind"] = "Email",
        ["From"] = "crmsync@example.com",
        ["To"] = "records@crm.example",
        ["Smtp:Host"] = "smtp.example.com",
        ["Smtp:User"] = "crmsync",
        ["Smtp:Password"] = "s3cret",
    };

    [Fact]
    public void The_shortest_configurations_are_good()
    {
        Complaints(Good).ShouldBeEmpty();
        Complaints(GoodSmtp).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("From", null, "Connectors:records:From", "is missing.")]
    [InlineData("From", "nobody", "Connectors:records:From", "is not a mail address.")]
    [InlineData("To", "a@b.example, c@d.example", "Connectors:records:To", "is not a mail address.")]
    [InlineData("To", "crmsync@EXAMPLE.com", "Connectors:records:To", "is the sender's own address.")]
    [InlineData("Preset", "Zendsk", "Connectors:records:Preset", "is not a known preset.")]
    [InlineData("Preset", "RequestTracker", "Connectors:records:Tag", "is missing.")]
    [InlineData("EnvelopeFrom", "x", "Connectors:records:EnvelopeFrom", "is not a mail address.")]
    [InlineData("TicketPattern", "(", "Connectors:records:TicketPattern", "is not a regular expression.")]
    [InlineData("MailBytesMax", "1000", "Connectors:records:MailBytesMax", "leaves no room for a note.")]
    [InlineData("Headers:Subject", "x", "Connectors:records:Headers:Subject", "cannot be set.")]
    [InlineData("Pickup:Folder", null, "Connectors:records", "says neither Smtp nor Pickup.")]
    [InlineData("Smtp:Host", "smtp.example.com", "Connectors:records", "says both Smtp and Pickup.")]
    [InlineData("Dkim:Domain", "example.com", "Connectors:records:Dkim:Selector", "is missing.")]
    [InlineData("InDoubt", "Verify", "Connectors:records:VerifyWith", "is missing.")]
    [InlineData("VerifyWith", "zendesk", "Connectors:records:VerifyWith", "is set, but InDoubt is not Verify.")]
    [InlineData("VerifyAfter", "-00:01:00", "Connectors:records:VerifyAfter", "is negative.")]
    [InlineData("Subjct", "x", "Connectors:records:Subjct", "is not a known setting.")]
    public void A_mistake_is_named_with_its_key(string key, string? value, string complaintKey, string problem)
    {
        Complaints(Good, (key, value)).ShouldContain(c => c.Key == complaintKey && c.Problem == problem && c.Fix.Length > 10);
    }

    [Theory]
    [InlineData("Smtp:Host", "smtp.example.com:587", "Connectors:records:Smtp:Host", "is missing or not a host name.")]
    [InlineData("Smtp:Security", "None", "Connectors:records:Smtp:Security", "is None for another machine.")]
    [InlineData("Smtp:Password", null, "Connectors:records:Smtp:User", "and the password or OAuth belong together.")]
    [InlineData("Smtp:OAuth:Provider", "Google", "Connectors:records:Smtp", "has both a Password and OAuth.")]
    [InlineData("Smtp:OAuth:Provider", "Microsoft365", "Connectors:records:Smtp:OAuth", "lacks Tenant or ClientId.")]
    [InlineData("Smtp:CaFile", "/nowhere/ca.pem", "Connectors:records:Smtp:CaFile", "does not exist.")]
    [InlineData("Smtp:ClientName", "crm_sync", "Connectors:records:Smtp:ClientName", "is not a host name or an address in brackets.")]
    [InlineData("Smtp:ClientName", "a\r\nb", "Connectors:records:Smtp:ClientName", "is not a host name or an address in brackets.")]
    [InlineData("Smtp:Timeout", "00:00:01", "Connectors:records:Smtp:Timeout", "is too short.")]
    public void A_mistake_in_the_way_to_the_server_is_named_with_its_key(string key, string? value, string complaintKey, string problem)
    {
        Complaints(GoodSmtp, (key, value)).ShouldContain(c => c.Key == complaintKey && c.Problem == problem);
    }

    [Fact]
    public void No_tls_is_taken_for_this_machine_without_credentials()
    {
        Complaints(
            GoodSmtp, ("Smtp:Host", "127.0.0.1"), ("Smtp:Security", "None"), ("Smtp:User", null), ("Smtp:Password", null)).ShouldBeEmpty();
    }

    private static IReadOnlyList<Core.Configuration.Complaint> Complaints(
        Dictionary<string, string?> good, params (string Key, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(good, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create($"Connectors:records:{s.Key}", s.Value)))
            .Build();
        return new EmailKind().Validate(configuration.GetSection("Connectors:records"));
    }
}
