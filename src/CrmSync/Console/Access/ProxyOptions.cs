using System.Net;
using CrmSync.Core.Configuration;
using CrmSync.Ledger.Access;

namespace CrmSync.Console.Access;

/// <summary>Section <c>Console:Proxy</c>: a reverse proxy in front of the console, and the login it may have done already.</summary>
internal sealed class ProxyOptions
{
    public const string Section = ConsoleOptions.Section + ":Proxy";

    /// <summary>Addresses or networks (<c>10.0.0.0/24</c>) of the proxies. Only what comes from there may say whom it comes for, and that it came by https.</summary>
    public List<string> Addresses { get; set; } = [];

    /// <summary>The header in which the proxy names the user it has logged in, e.g. <c>X-Forwarded-User</c>. Not set: the proxy logs nobody in.</summary>
    public string? UserHeader { get; set; }

    /// <summary>The header with the user's groups, separated by commas.</summary>
    public string? GroupsHeader { get; set; }

    /// <summary>Group to role. The highest one counts.</summary>
    public Dictionary<string, ConsoleRole> Roles { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The role of users with none of these groups. Not set: they are turned away.</summary>
    public ConsoleRole? DefaultRole { get; set; }

    /// <summary>Groups whose members may see phone numbers and the text of notes.</summary>
    public List<string> SeePersonal { get; set; } = [];

    public bool LogsIn => !string.IsNullOrEmpty(UserHeader);

    public IEnumerable<IPNetwork> Networks => Addresses.Select(Parse).OfType<IPNetwork>();

    public IEnumerable<Complaint> Validate()
    {
        for (var i = 0; i < Addresses.Count; i++)
        {
            if (Parse(Addresses[i]) is null)
            {
                yield return new Complaint($"{Section}:{nameof(Addresses)}:{i}", $"'{Addresses[i]}' is no address or network.", "Write 10.0.0.5 or 10.0.0.0/24.");
            }
        }

        if (!LogsIn)
        {
            yield break;
        }

        if (Addresses.Count == 0)
        {
            yield return new Complaint($"{Section}:{nameof(UserHeader)}", "is set, but no proxy is trusted to send it.", $"Name the proxy's address in {nameof(Addresses)}.");
        }

        if (Roles.Count == 0 && DefaultRole is null)
        {
            yield return new Complaint($"{Section}:{nameof(UserHeader)}", "is set, but nobody would have a role.", $"Name groups in {nameof(Roles)}, or a {nameof(DefaultRole)}.");
        }

        if ((Roles.Count > 0 || SeePersonal.Count > 0) && string.IsNullOrEmpty(GroupsHeader))
        {
            yield return new Complaint($"{Section}:{nameof(GroupsHeader)}", "is missing, but groups are named.", "Name the header that carries the groups.");
        }
    }

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
