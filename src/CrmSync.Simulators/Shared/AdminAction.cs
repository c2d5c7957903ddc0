using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Shared;

/// <summary>
/// What an admin, an agent or chance would do to the CRM: <c>POST /_sim/actions/{name}</c> with the members in a JSON object.
/// </summary>
/// <param name="Does">One sentence, for the list that <c>GET /_sim/actions</c> answers.</param>
/// <param name="Run">Answers what there is to tell, else null; throws <see cref="AdminRefusalException"/> and has then changed nothing.</param>
public sealed record AdminAction(string Name, string Does, IReadOnlyList<AdminMember> Members, Func<AdminArguments, JsonObject?> Run)
{
    /// <summary>Of a switch: false turns it back.</summary>
    public static readonly AdminMember On = new("on", AdminKind.Flag, "false turns it back; default true") { Required = false };

    public static AdminAction Of(string name, string does, IReadOnlyList<AdminMember> members, Action<AdminArguments> run) =>
        new(name, does, members, arguments =>
        {
            run(arguments);
            return null;
        });

    public static AdminAction ExpireTokens(ISimulatedCrm crm) =>
        Of("expire-tokens", "Ends every session: the next call with an old token is answered 401.", [], _ => crm.ExpireTokens());
}

/// <summary>What a member of an action's object may be.</summary>
public enum AdminKind
{
    Text,

    /// <summary>A whole number that is not negative.</summary>
    Number,

    Flag,
}

/// <summary>One member of an action's object.</summary>
/// <param name="Means">A few words, for the list.</param>
public sealed record AdminMember(string Name, AdminKind Kind, string Means)
{
    public bool Required { get; init; } = true;

    /// <summary>Empty: any value of the kind.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];
}

/// <summary>The members that came with a call of an action; names, kinds and listed values are checked.</summary>
public sealed class AdminArguments
{
    private readonly JsonObject _given;

    private AdminArguments(JsonObject given) => _given = given;

    /// <summary>Of a switch.</summary>
    public bool On => _given[AdminAction.On.Name]?.GetValue<bool>() ?? true;

    /// <exception cref="AdminRefusalException">A member is unknown, missing or not what it may be.</exception>
    public static AdminArguments Of(JsonObject given, IReadOnlyList<AdminMember> members)
    {
        AdminRefusalException.ThrowIfUnknown(given, [.. members.Select(member => member.Name)]);
        foreach (var member in members)
        {
            Check(given[member.Name], member);
        }

        return new AdminArguments(given);
    }

    public string Text(string member) => _given[member]!.GetValue<string>();

    public string? TextOrNull(string member) => _given[member]?.GetValue<string>();

    public long Number(string member) => _given[member]!.GetValue<long>();

    public long? NumberOrNull(string member) => _given[member]?.GetValue<long>();

    private static void Check(JsonNode? value, AdminMember member)
    {
        if (value is null)
        {
            if (member.Required)
            {
                throw new AdminRefusalException($"'{member.Name}' is missing: {member.Means}.", member.Name, member.Allowed);
            }

            return;
        }

        var (fits, kinds) = member.Kind switch
        {
            AdminKind.Text => (value.GetValueKind() is JsonValueKind.String, "a text"),
            AdminKind.Number => (value.GetValueKind() is JsonValueKind.Number && value.AsValue().TryGetValue(out long number) && number >= 0, "a whole number"),
            _ => (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False, "true or false"),
        };
        if (!fits)
        {
            throw new AdminRefusalException($"'{member.Name}' must be {kinds}, not {value.ToJsonString()}.", member.Name, member.Allowed);
        }

        if (member.Allowed.Count > 0 && !member.Allowed.Contains(value.GetValue<string>(), StringComparer.Ordinal))
        {
            throw new AdminRefusalException($"'{member.Name}' cannot be {value.ToJsonString()}.", member.Name, member.Allowed);
        }
    }
}

/// <summary>Answered 400 as <c>{"error", "member", "allowed"}</c>.</summary>
public sealed class AdminRefusalException : Exception
{
    /// <param name="member">The member to blame, e.g. <c>fault.kind</c>; null: the whole body.</param>
    /// <param name="allowed">What could stand there instead; empty where there is no list.</param>
    public AdminRefusalException(string message, string? member, params IEnumerable<string> allowed)
        : base(message)
    {
        Member = member;
        Allowed = [.. allowed];
    }

    public string? Member { get; }

    public IReadOnlyList<string> Allowed { get; }

    /// <param name="within">Name of the member that holds the object; null: it is the body.</param>
    internal static void ThrowIfUnknown(JsonObject given, IReadOnlyList<string> known, string? within = null)
    {
        if (given.Select(pair => pair.Key).FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } name)
        {
            var path = within is null ? name : $"{within}.{name}";
            throw new AdminRefusalException(known.Count == 0 ? $"There is no '{path}': nothing is to be told here." : $"There is no '{path}'.", path, known);
        }
    }
}
