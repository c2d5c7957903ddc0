using CrmSync.Core.Configuration;

namespace CrmSync.Settings;

/// <summary>The configuration cannot be used. Each complaint is one line for the admin.</summary>
internal sealed class SettingsException(IReadOnlyList<Complaint> complaints)
    : Exception(string.Join(Environment.NewLine, complaints))
{
    public IReadOnlyList<Complaint> Complaints => complaints;
}
