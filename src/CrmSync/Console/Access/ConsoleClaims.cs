using System.Security.Claims;

namespace CrmSync.Console.Access;

/// <summary>What a request knows of who sent it: a name, a role, and whether personal data may be shown.</summary>
internal static class ConsoleClaims
{
    public const string SeePersonal = "crmsync/see-personal";
    public const string Session = "crmsync/session";

    public static ClaimsPrincipal Principal(string scheme, string name, ConsoleRole role, bool seePersonal, string? session = null)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.Name, name));
        identity.AddClaim(new Claim(ClaimTypes.Role, role.ToString()));
        if (seePersonal)
        {
            identity.AddClaim(new Claim(SeePersonal, "yes"));
        }

        if (session is not null)
        {
            identity.AddClaim(new Claim(Session, session));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>The name that the audit and the ledger's actions carry.</summary>
    public static string NameOf(this ClaimsPrincipal user) => user.Identity?.Name ?? throw new InvalidOperationException("Nobody is logged in.");

    public static bool MaySeePersonal(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == SeePersonal);
}
