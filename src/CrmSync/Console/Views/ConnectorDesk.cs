using System.Text.RegularExpressions;
using CrmSync.Core.Deliveries;
using CrmSync.Settings;

namespace CrmSync.Console.Views;

/// <summary>What a connector's settings are as they are in force, without a secret in them.</summary>
internal sealed partial class ConnectorDesk(WorkerSettings settings, IReadOnlyList<IConnector> connectors)
{
    public IConnector? Find(string name) => connectors.FirstOrDefault(connector => connector.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public IReadOnlyList<SettingLine> SettingsOf(IConnector connector)
    {
        var section = settings.Configuration.GetSection($"Connectors:{connector.Name}");
        return
        [
            .. section.AsEnumerable(makePathsRelative: true)
                .Where(setting => setting.Value is not null)
                .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
                .Select(setting => Line(section, setting.Key, setting.Value!)),
        ];
    }

    private SettingLine Line(IConfigurationSection section, string key, string value)
    {
        var origin = SettingOrigins.Of(settings.Configuration, $"{section.Path}:{key}");
        return SecretName().IsMatch(key) || origin is SettingOrigin.SecretFile
            ? new SettingLine(key, null, IsSet: value.Length > 0, origin)
            : new SettingLine(key, value, IsSet: true, origin);
    }

    // By name, rather one too many: a path or an id that is hidden harms nobody.
    [GeneratedRegex("secret|password|token|credential|passphrase|apikey|privatekey$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SecretName();
}

/// <param name="Key">Below the connector's section.</param>
/// <param name="Value">Null for a secret.</param>
/// <param name="Origin">Null for settings that neither file nor variable gave, as in a demo.</param>
internal sealed record SettingLine(string Key, string? Value, bool IsSet, SettingOrigin? Origin)
{
    public bool IsSecret => Value is null;
}
