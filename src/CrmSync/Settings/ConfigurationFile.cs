namespace CrmSync.Settings;

/// <summary>
/// Where configuration comes from: one JSON file, overridden by environment variables that begin with <c>CRMSYNC_</c>, with every
/// key that ends in <c>_FILE</c> replaced by what that file holds.
/// </summary>
/// <remarks>One file, never two merged: lists and connectors of a second one would silently stay in force.</remarks>
internal static class ConfigurationFile
{
    private const string Name = "appsettings.json";
    private const string EnvironmentPrefix = "CRMSYNC_";

    /// <summary>The file in use: the one named, else <c>appsettings.json</c> in the working directory, else the one shipped.</summary>
    public static string Locate(string? named)
    {
        if (named is not null)
        {
            return Path.GetFullPath(named);
        }

        var here = Path.GetFullPath(Name);
        return File.Exists(here) ? here : Path.Combine(AppContext.BaseDirectory, Name);
    }

    /// <exception cref="SettingsException">The file is missing or not JSON, or a secret's file cannot be read.</exception>
    public static IConfigurationRoot Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new SettingsException([new(path, "does not exist.", "Name your settings file with --config, or start in the folder of appsettings.json.")]);
        }

        try
        {
            var plain = new ConfigurationBuilder()
                .AddJsonFile(path, optional: false, reloadOnChange: false)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .Build();
            return SettingOrigins.Keep(plain, SecretFiles.Resolve(plain.AsEnumerable()));
        }
        catch (InvalidDataException e)
        {
            throw new SettingsException([new(path, $"is not valid JSON: {(e.InnerException ?? e).Message}", "Mend it at that line.")]);
        }
    }
}
