using CrmSync.Settings;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Settings;

public sealed class SettingOriginsTests : IDisposable
{
    private const string Variable = "CRMSYNC_Connectors__origins__Url";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crmsync-origins-");

    [Fact]
    public void Every_setting_knows_whether_a_file_a_variable_or_a_secret_file_gave_it()
    {
        var (settings, secret) = (Path.Combine(_folder.FullName, "appsettings.json"), Path.Combine(_folder.FullName, "secret"));
        File.WriteAllText(secret, "s3cret\n");
        File.WriteAllText(
            settings,
            """{"Connectors":{"origins":{"Kind":"Zendesk","Url":"https://file.example","ClientSecret_FILE":"SECRET"}}}"""
                .Replace("SECRET", secret.Replace("\\", "\\\\", StringComparison.Ordinal), StringComparison.Ordinal));
        Environment.SetEnvironmentVariable(Variable, "https://variable.example");

        var configuration = ConfigurationFile.Load(settings);

        Of("Kind").ShouldBe(SettingOrigin.File);
        Of("Url").ShouldBe(SettingOrigin.Environment);
        Of("ClientSecret").ShouldBe(SettingOrigin.SecretFile);
        configuration["Connectors:origins:ClientSecret"].ShouldBe("s3cret");
        Of("Nothing").ShouldBeNull();
        SettingOrigins.Of(new ConfigurationBuilder().Build(), "Kind").ShouldBeNull();

        SettingOrigin? Of(string key) => SettingOrigins.Of(configuration, $"Connectors:origins:{key}");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _folder.Delete(recursive: true);
    }
}
