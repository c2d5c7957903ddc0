namespace CrmSync.Console.Views;

/// <summary>Shows personal data to those who may see it, and of the rest as much as tells two sessions apart.</summary>
public sealed record Privacy(bool MaySee)
{
    private const int Shown = 4;

    /// <summary><c>***0142</c>; of an address its host; of anything short nothing.</summary>
    public string? Customer(string? identifier)
    {
        if (identifier is null || MaySee)
        {
            return identifier;
        }

        var at = identifier.LastIndexOf('@');
        return at >= 0 ? $"***{identifier[at..]}" : identifier.Length >= 2 * Shown ? $"***{identifier[^Shown..]}" : "***";
    }

    /// <summary>Without the right an agent is a number.</summary>
    public string? Agent(string? name, long? id) => MaySee || id is null ? name : FormattableString.Invariant($"#{id}");

    /// <summary>Text that people wrote.</summary>
    public string? Words(string? text) => MaySee || text is null ? text : "***";
}
