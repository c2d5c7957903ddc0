using CrmSync.Core.Configuration;
using CrmSync.Core.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>Sources of kind <c>Folder</c>.</summary>
public sealed class FolderSourceKind : ISessionSourceKind
{
    public string Kind => "Folder";

    public IReadOnlyList<Complaint> Validate(IConfigurationSection section)
    {
        var (options, complaints) = StrictBinder.Bind<FolderSourceOptions>(section);
        return complaints.Count > 0 ? complaints : [.. options.Complain(section.Path)];
    }

    public ISessionSource Create(IConfigurationSection section, IServiceProvider services)
    {
        var (options, _) = StrictBinder.Bind<FolderSourceOptions>(section);
        if (options.CreatePath)
        {
            Directory.CreateDirectory(options.Path);
        }

        return new FolderSource(section.Key, options, services.GetRequiredService<TimeProvider>());
    }
}
