namespace CrmSync.Core.Deliveries;

/// <summary>The person behind an action, as the audit names them.</summary>
/// <param name="Name">An account of the console, or the operating system's user on the command line.</param>
/// <param name="Origin">The address they came from; null on the command line.</param>
public sealed record Actor(string Name, string? Origin = null)
{
    public static implicit operator Actor(string name) => new(name);
}
