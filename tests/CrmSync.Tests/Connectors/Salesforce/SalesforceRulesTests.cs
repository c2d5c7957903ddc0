using System.Security.Cryptography;
using CrmSync.Connectors.Salesforce;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceRulesTests
{
    private static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["Kind"] = "Salesforce",
        ["Url"] = "https://example.my.salesforce.com",
        ["ClientId"] = "id",
        ["ClientSecret"] = "secret",
    };

    [Fact]
    public void A_minimal_section_is_good() => Complaints().ShouldBeEmpty();

    [Theory]
    [InlineData("Url", null, "Connectors:sf:Url")]
    [InlineData("Url", "http://example.my.salesforce.com", "Connectors:sf:Url")]
    [InlineData("Url", "https://login.salesforce.com", "Connectors:sf:Url")]
    [InlineData("ClientId", " ", "Connectors:sf:ClientId")]
    [InlineData("ClientSecret", " ", "Connectors:sf:ClientSecret")]
    [InlineData("ClientSecret", null, "Connectors:sf:PrivateKey")]
    [InlineData("ApiVersion", "52.0", "Connectors:sf:ApiVersion")]
    [InlineData("ApiVersion", "latest", "Connectors:sf:ApiVersion")]
    [InlineData("GraphsMax", "76", "Connectors:sf:GraphsMax")]
    [InlineData("Concurrency", "0", "Connectors:sf:Concurrency")]
    [InlineData("QuotaShare", "80", "Connectors:sf:QuotaShare")]
    [InlineData("Timeout", "00:00:01", "Connectors:sf:Timeout")]
    [InlineData("OtherNote", "CaseComment", "Connectors:sf:OtherNote")]
    [InlineData("CaseFields:a b", "{{ 1 }}", "Connectors:sf:CaseFields")]
    [InlineData("Package", "false", "Connectors:sf:Package")]
    [InlineData("InlineFileBytesMax", "1000", "Connectors:sf:InlineFileBytesMax")]
    [InlineData("Lookup:Contact", "true", "Connectors:sf:Lookup:By")]
    [InlineData("Lookup:By:0", "Name", "Connectors:sf:Lookup:By:0")]
    [InlineData("Transprot", "Graph", "Connectors:sf:Transprot")]
    [InlineData("Transport", "Grph", "Connectors:sf:Transport")]
    public void A_mistake_is_told_with_its_key(string key, string? value, string path) =>
        Complaints((key, value)).ShouldHaveSingleItem().Key.ShouldBe(path);

    [Fact]
    public void Plain_http_is_for_this_machine() => Complaints(("Url", "http://127.0.0.1:8080")).ShouldBeEmpty();

    [Fact]
    public void A_key_that_cannot_be_read_is_told_without_being_shown()
    {
        var complaint = Complaints(("ClientSecret", null), ("Username", "me@example.com"), ("PrivateKey", "-----BEGIN GARBAGE-----")).ShouldHaveSingleItem();

        complaint.Key.ShouldBe("Connectors:sf:PrivateKey");
        complaint.ToString().ShouldNotContain("GARBAGE");
    }

    [Theory]
    [InlineData("not base64!", "base64 -w0")]
    [InlineData("-----BEGIN PRIVATE KEY-----", "PrivateKey")]
    [InlineData("AAAA", "CertificatePassword")]
    public void A_certificate_that_cannot_be_read_is_told_with_its_fix(string certificate, string fix)
    {
        var complaint = Complaints(("ClientSecret", null), ("Username", "me@example.com"), ("Certificate", certificate)).ShouldHaveSingleItem();

        complaint.Key.ShouldBe("Connectors:sf:Certificate");
        complaint.Fix.ShouldContain(fix);
        complaint.ToString().ShouldNotContain(certificate);
    }

    [Fact]
    public void Two_keys_are_one_too_many()
    {
        using var key = RSA.Create(2048);

        var complaint = Complaints(
            ("ClientSecret", null), ("Username", "me@example.com"), ("PrivateKey", key.ExportPkcs8PrivateKeyPem()), ("CertificateFile", "crmsync.pfx")).ShouldHaveSingleItem();

        (complaint.Key, complaint.Problem).ShouldBe(("Connectors:sf:CertificateFile", "stands beside PrivateKey."));
    }

    [Fact]
    public void A_short_key_and_a_missing_user_are_both_told()
    {
        using var key = RSA.Create(1024);

        Complaints(("ClientSecret", null), ("PrivateKey", key.ExportPkcs8PrivateKeyPem()))
            .Select(c => c.Key).ShouldBe(["Connectors:sf:Username", "Connectors:sf:PrivateKey"]);
    }

    [Theory]
    [InlineData("https://acme.lightning.force.com", "https://acme.my.salesforce.com/")]
    [InlineData("https://acme--dev.sandbox.lightning.force.com/lightning/page", "https://acme--dev.sandbox.my.salesforce.com/")]
    [InlineData("https://acme.my.salesforce.com", "https://acme.my.salesforce.com/")]
    public void The_address_of_the_user_interface_is_rewritten_to_that_of_the_api(string written, string api) =>
        SalesforceHosts.ApiAddress(new Uri(written)).AbsoluteUri.ShouldBe(api);

    [Theory]
    [InlineData("acme.lightning.force.com", true)]
    [InlineData("acme.my.salesforce.com", true)]
    [InlineData("crm.acme.example", true)]
    [InlineData(null, true)]
    [InlineData("acme--dev.sandbox.my.salesforce.com", false)]
    [InlineData("evil-acme.my.salesforce.com", false)]
    public void A_link_belongs_to_the_org_by_its_host(string? host, bool accepted) =>
        new SalesforceHosts(new Uri("https://acme.my.salesforce.com"), ["crm.acme.example"]).Accepts(host).ShouldBe(accepted);

    private static IReadOnlyList<Core.Configuration.Complaint> Complaints(params IEnumerable<(string Key, string? Value)> changes)
    {
        var settings = new Dictionary<string, string?>(Good, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create($"Connectors:sf:{s.Key}", s.Value)))
            .Build();
        return new SalesforceKind().Validate(configuration.GetSection("Connectors:sf"));
    }
}
