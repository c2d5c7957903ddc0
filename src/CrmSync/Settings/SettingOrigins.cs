using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace CrmSync.Settings;

internal enum SettingOrigin
{
    /// <summary>The JSON file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A file that a key with <c>_FILE</c> names.</summary>
    SecretFile,
}

/// <summary>The settings in force, with where each came from.</summary>
internal sealed class SettingOrigins : MemoryConfigurationProvider
{
    private readonly Dictionary<string, SettingOrigin> _origins;

    private SettingOrigins(IReadOnlyList<KeyValuePair<string, string?>> settings, Dictionary<string, SettingOrigin> origins)
        : base(new MemoryConfigurationSource { InitialData = settings }) => _origins = origins;

    /// <summary>Null for settings that no file and no variable gave.</summary>
    public static SettingOrigin? Of(IConfiguration settings, string key) => settings is IConfigurationRoot root
        && root.Providers.OfType<SettingOrigins>().FirstOrDefault()?._origins.TryGetValue(key, out var origin) is true
            ? origin
            : null;

    /// <param name="plain">As file and variables say it.</param>
    /// <param name="resolved">The same with every secret file read.</param>
    public static IConfigurationRoot Keep(IConfigurationRoot plain, IReadOnlyList<KeyValuePair<string, string?>> resolved)
    {
        var environment = plain.Providers.OfType<EnvironmentVariablesConfigurationProvider>().ToList();
        var origins = resolved.ToDictionary(
            setting => setting.Key,
            setting => environment.Any(provider => provider.TryGet(setting.Key, out _)) ? SettingOrigin.Environment
                : plain[setting.Key] is null && setting.Value is not null ? SettingOrigin.SecretFile
                : SettingOrigin.File,
            StringComparer.OrdinalIgnoreCase);
        return new ConfigurationBuilder().Add(new Source(new SettingOrigins(resolved, origins))).Build();
    }

    private sealed class Source(SettingOrigins provider) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => provider;
    }
}
