using CrmSync.Settings;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Settings;

public sealed class WitnessSettingTests
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Sources:inbox:Kind"] = "Folder",
        ["Sources:inbox:Path"] = "inbox",
        ["Sources:inbox:Instance"] = "test",
        ["Routes:0:Name"] = "everything",
        ["Routes:0:Connectors:0"] = "records",
        ["Connectors:records:Kind"] = "Email",
        ["Connectors:records:From"] = "crmsync@example.com",
        ["Connectors:records:To"] = "records@crm.example",
        ["Connectors:records:Smtp:Host"] = "mail.example.com",
        ["Connectors:records:InDoubt"] = "Verify",
        ["Connectors:records:VerifyWith"] = "zendesk",
        ["Connectors:zendesk:Kind"] = "Zendesk",
        ["Connectors:zendesk:Url"] = "https://example.zendesk.com",
        ["Connectors:zendesk:ClientId"] = "crmsync",
        ["Connectors:zendesk:ClientSecret"] = "s3cret",
    };

    [Fact]
    public void A_mail_can_be_looked_for_by_a_connector_that_no_route_names() =>
        Should.NotThrow(() => SettingsReader.Read(With(Settings)));

    [Theory]
    [InlineData("zendsk", "Write one of: zendesk.")]
    [InlineData("records", "Write one of: zendesk.")]
    public void A_witness_that_is_none_is_named_with_those_that_are(string name, string fix)
    {
        var settings = new Dictionary<string, string?>(Settings, StringComparer.OrdinalIgnoreCase) { ["Connectors:records:VerifyWith"] = name };

        var complaint = Should.Throw<SettingsException>(() => SettingsReader.Read(With(settings))).Complaints.ShouldHaveSingleItem();

        complaint.Key.ShouldBe("Connectors:records:VerifyWith");
        complaint.Problem.ShouldBe($"'{name}' is no connector that can look for a mail.");
        complaint.Fix.ShouldBe(fix);
    }

    private static IConfigurationRoot With(IDictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
