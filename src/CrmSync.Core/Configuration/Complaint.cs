namespace CrmSync.Core.Configuration;

/// <summary>One mistake in the configuration.</summary>
/// <param name="Key">Full path, e.g. <c>Connectors:salesforce-eu:ClientId</c>.</param>
/// <param name="Problem">What is wrong with the value; never the value of a secret.</param>
/// <param name="Fix">What to write instead, or where to get it.</param>
public sealed record Complaint(string Key, string Problem, string Fix)
{
    public override string ToString() => $"{Key}: {Problem} {Fix}";
}
