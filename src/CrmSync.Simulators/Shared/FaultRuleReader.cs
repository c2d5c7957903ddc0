using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Shared;

/// <summary>A rule as it is posted to <c>/_sim/faults</c>.</summary>
internal static class FaultRuleReader
{
    private static readonly string[] RuleMembers = ["fault", "method", "path", "probability", "skip", "times"];
    private static readonly string[] FaultMembers = ["kind", "status", "delay", "retryAfter", "name"];
    private static readonly string[] Kinds = [.. Enum.GetNames<FaultKind>()];

    /// <exception cref="AdminRefusalException">It is no rule.</exception>
    public static FaultRule Read(JsonObject given)
    {
        AdminRefusalException.ThrowIfUnknown(given, RuleMembers);
        if (given["fault"] is not JsonObject fault)
        {
            throw new AdminRefusalException("'fault' must be an object.", "fault", FaultMembers);
        }

        AdminRefusalException.ThrowIfUnknown(fault, FaultMembers, "fault");
        if (fault["kind"] is not JsonValue kind || !kind.TryGetValue(out string? name) || !Kinds.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new AdminRefusalException("'fault.kind' is missing or unknown.", "fault.kind", Kinds);
        }

        var rule = Deserialize(given);
        return rule.Probability is < 0 or > 1
            ? throw new AdminRefusalException("'probability' must be between 0 and 1.", "probability")
            : rule.Fault.Kind is FaultKind.Named && rule.Fault.Name is null
                ? throw new AdminRefusalException("'fault.name' is missing: a named fault has a name.", "fault.name")
                : rule;
    }

    private static FaultRule Deserialize(JsonObject given)
    {
        try
        {
            return given.Deserialize(AdminJson.Default.FaultRule)!;
        }
        catch (JsonException e)
        {
            var member = e.Path?.TrimStart('$', '.');
            throw new AdminRefusalException(
                member is "fault.delay" or "fault.retryAfter" ? $"'{member}' must be a time such as \"00:00:05\"." : $"'{member}' cannot be read.",
                member);
        }
    }
}
