using CrmSync.Ledger.Access;
using Microsoft.AspNetCore.Authorization;

namespace CrmSync.Console.Access;

/// <summary>Who may do what. A page names one of these; a page that names none asks for <see cref="Viewer"/>.</summary>
internal static class ConsolePolicies
{
    /// <summary>Anybody who is logged in, also who must choose another password first.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>Sees everything but personal data.</summary>
    public const string Viewer = "Viewer";

    /// <summary>Also acts on deliveries and connectors: retry, cancel, pause, pick up.</summary>
    public const string Operator = "Operator";

    /// <summary>Also accounts, audit and templates.</summary>
    public const string Admin = "Admin";

    /// <summary>A right beside the roles: phone numbers and the text of notes.</summary>
    public const string SeePersonal = "SeePersonal";

    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        options.AddPolicy(Viewer, policy => policy.RequireRole(RolesFrom(ConsoleRole.Viewer)));
        options.AddPolicy(Operator, policy => policy.RequireRole(RolesFrom(ConsoleRole.Operator)));
        options.AddPolicy(Admin, policy => policy.RequireRole(RolesFrom(ConsoleRole.Admin)));
        options.AddPolicy(SeePersonal, policy => policy.RequireRole(RolesFrom(ConsoleRole.Viewer)).RequireClaim(ConsoleClaims.SeePersonal));
        options.DefaultPolicy = options.GetPolicy(Viewer)!;
        options.FallbackPolicy = options.DefaultPolicy;
    }

    private static IEnumerable<string> RolesFrom(ConsoleRole lowest) =>
        Enum.GetValues<ConsoleRole>().Where(role => role >= lowest).Select(role => role.ToString());
}
