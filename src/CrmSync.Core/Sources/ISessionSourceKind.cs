using CrmSync.Core.Configuration;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Core.Sources;

/// <summary>A kind of source: how its section is read, checked and turned into a source. One per folder of sources.</summary>
public interface ISessionSourceKind
{
    /// <summary>The value of <c>Kind</c> in a source's section: <c>Folder</c>.</summary>
    string Kind { get; }

    /// <summary>Every mistake in the section, without asking the network. Empty when it can be created.</summary>
    IReadOnlyList<Complaint> Validate(IConfigurationSection section);

    /// <summary>Makes the source that is named like <paramref name="section"/>'s key. Called once, after <see cref="Validate"/> was content.</summary>
    ISessionSource Create(IConfigurationSection section, IServiceProvider services);
}
