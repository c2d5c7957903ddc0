using System.Security.Claims;
using CrmSync.Ledger.Access;

namespace CrmSync.Console.Access;

/// <summary>What a request knows of who sent it: a name, a role, whether personal data may be shown, and where it came from.</summary>
internal static class ConsoleClaims
{
    public const string SeePersonal = "crmsync/see-personal";
    public const string Session = "crmsync/session";
    public const string Origin = "crmsync/origin";
    public const string MustChange = "crmsync/must-change-password";

    /// <summary>Somebody who may do what the account may. Who must choose another password first has no role until then.</summary>
    public static ClaimsPrincipal Principal(string scheme, Visitor visitor)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.Name, visitor.Name));

        // What form tokens are bound to: without it, to every claim below, and a changed right would spoil the forms of open pages.
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, visitor.Name));
        Add(identity, Session, visitor.Session);
        Add(identity, Origin, visitor.Origin);
        Add(identity, MustChange, visitor.MustChange ? "yes" : null);
        Add(identity, ClaimTypes.Role, visitor.MustChange ? null : visitor.Role.ToString());
        Add(identity, SeePersonal, visitor.SeePersonal && !visitor.MustChange ? "yes" : null);
        return new ClaimsPrincipal(identity);
    }

    /// <summary>The name that the audit and the ledger's actions carry.</summary>
    public static string NameOf(this ClaimsPrincipal user) => user.Identity?.Name ?? throw new InvalidOperationException("Nobody is logged in.");

    public static bool MaySeePersonal(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == SeePersonal);

    public static bool MustChangePassword(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == MustChange);

    /// <summary>The session's id; null for who comes through a proxy's login.</summary>
    public static string? SessionOf(this ClaimsPrincipal user) => user.FindFirst(Session)?.Value;

    public static string? OriginOf(this ClaimsPrincipal user) => user.FindFirst(Origin)?.Value;

    public static ConsoleRole? RoleOf(this ClaimsPrincipal user) =>
        Enum.TryParse<ConsoleRole>(user.FindFirst(ClaimTypes.Role)?.Value, out var role) ? role : null;

    private static void Add(ClaimsIdentity identity, string type, string? value)
    {
        if (value is not null)
        {
            identity.AddClaim(new Claim(type, value));
        }
    }
}

/// <param name="Session">The session's id, which the store knows by its hash only; null for who comes through a proxy's login.</param>
internal sealed record Visitor(string Name, ConsoleRole Role, bool SeePersonal, string? Origin, string? Session = null, bool MustChange = false);
