using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CrmSync.Connectors.Salesforce;
using CrmSync.Core;
using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;
using CrmSync.TestSupport;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceAuthTests : SalesforceConnectorTest
{
    private static readonly RSA Key = RSA.Create(2048);

    protected override OrgOptions OrgOptions => new() { JwtCertificatePem = Key.ExportSubjectPublicKeyInfoPem() };

    [Fact]
    public async Task A_signed_assertion_is_enough()
    {
        var connector = Connect(new SalesforceOptions
        {
            Url = Org.Address,
            ClientId = "crmsync-client",
            Username = "crmsync@org.example",
            PrivateKey = new Secret(Key.ExportPkcs8PrivateKeyPem()),
        });

        (await connector.DeliverAsync([Parcel(Org.AddCase())], Cancel))[0].ShouldBeOfType<Outcome.Delivered>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_signs_as_well_from_a_file_and_as_text(bool asText)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "crmsync.pfx");
        using var certificate = new CertificateRequest("CN=crmsync", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Clock.GetUtcNow(), Clock.GetUtcNow().AddYears(2));
        var pfx = certificate.Export(X509ContentType.Pkcs12, "open sesame");
        await File.WriteAllBytesAsync(file, pfx, Cancel);
        var options = new SalesforceOptions
        {
            Url = Org.Address,
            ClientId = "crmsync-client",
            Username = "crmsync@org.example",
            CertificateFile = asText ? null : file,
            Certificate = asText ? new Secret(Convert.ToBase64String(pfx, Base64FormattingOptions.InsertLineBreaks) + "\n") : null,
            CertificatePassword = new Secret("open sesame"),
        };

        SalesforceRules.Check("Connectors:salesforce", options).ShouldBeEmpty();
        (await Connect(options).DeliverAsync([Parcel(Org.AddCase())], Cancel))[0].ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task Many_deliveries_at_once_share_one_login()
    {
        var parcels = Enumerable.Range(0, 12).Select(_ => Parcel(Org.AddCase())).ToList();

        await Task.WhenAll(parcels.Select(p => Connector.DeliverAsync([p], Cancel)));

        Org.Requests.Count("POST", "/token").ShouldBe(1);
    }

    [Fact]
    public async Task An_expired_session_costs_one_login_and_no_delivery()
    {
        await DeliveredAsync(Parcel(Org.AddCase()));
        Org.Faults.Once(Fault.ExpireToken);

        await DeliveredAsync(Parcel(Org.AddCase()));

        Org.Requests.Count("POST", "/token").ShouldBe(2);
        Org.Requests.Counts.Single(c => c.Status == 401).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_ends_at_once_halts_after_one_more_login()
    {
        Org.Faults.Add(new FaultRule(Fault.Refuse(401), "POST", "*/composite/graph"));

        (await DeliverAsync(Parcel(Org.AddCase()))).ShouldBeOfType<Outcome.Halted>().Fault.Reason.ShouldBe(ReasonCodes.AuthFailed);

        Org.Requests.Count("POST", "/token").ShouldBe(2);
        Org.Requests.Count("POST", "/composite/graph").ShouldBe(2);
    }

    [Fact]
    public async Task A_blocked_address_is_no_expired_session()
    {
        Org.SetIpBlocked(true);

        var halted = (await DeliverAsync(Parcel(Org.AddCase()))).ShouldBeOfType<Outcome.Halted>();

        halted.Fault.Message.ShouldContain("IP restrictions");
        Org.Requests.Count("POST", "/token").ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_secret_halts_and_does_not_show_itself()
    {
        var options = Settings();
        options.ClientSecret = new Secret("hunter2");

        var halted = (await Connect(options).DeliverAsync([Parcel(Org.AddCase())], Cancel))[0].ShouldBeOfType<Outcome.Halted>();

        halted.Fault.Reason.ShouldBe(ReasonCodes.AuthFailed);
        halted.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Sessions_that_never_last_do_not_use_up_the_logins_of_the_user()
    {
        Org.Faults.Add(new FaultRule(Fault.ExpireToken, "POST", "*/composite/graph"));
        for (var i = 0; i < 400; i++)
        {
            await DeliverAsync(Parcel(Org.AddCase()));
        }

        Org.Requests.Count("POST", "/token").ShouldBe(360);
    }
}
