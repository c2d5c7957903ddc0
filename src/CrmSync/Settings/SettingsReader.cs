using CrmSync.Connectors.Email;
using CrmSync.Connectors.Salesforce;
using CrmSync.Connectors.Sources.Folder;
using CrmSync.Connectors.Zendesk;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sources;

namespace CrmSync.Settings;

/// <summary>From a settings file to settings that can be used, or every mistake in it at once.</summary>
internal static class SettingsReader
{
    /// <exception cref="SettingsException">Nothing can be started with these settings.</exception>
    public static WorkerSettings Read(string path) => Read(ConfigurationFile.Load(path));

    /// <exception cref="SettingsException">Nothing can be started with these settings.</exception>
    public static WorkerSettings Read(IConfiguration configuration)
    {
        using var kinds = new ServiceCollection().AddKinds().BuildServiceProvider();
        var (settings, complaints) = WorkerSettings.Read(
            configuration, [.. kinds.GetServices<ISessionSourceKind>()], [.. kinds.GetServices<IConnectorKind>()]);
        return complaints.Count == 0 ? settings : throw new SettingsException(complaints);
    }

    /// <summary>Every kind of source and connector that a section can name. A new kind is a folder and a line here.</summary>
    public static IServiceCollection AddKinds(this IServiceCollection services) => services
        .AddSingleton<ISessionSourceKind, FolderSourceKind>()
        .AddSalesforce()
        .AddZendesk()
        .AddEmail();
}
