using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Ledger.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace CrmSync.Console.Access;

/// <summary>Lets people in and out. A session is a row in the store; the cookie only carries its random id.</summary>
internal sealed class ConsoleLogin(
    IConsoleStore store, Passwords passwords, LoginThrottle throttle, SetupToken setup, ConsoleOptions options, TimeProvider clock)
{
    /// <summary>The actor of what happens before a login.</summary>
    public const string Nobody = "nobody";

    private const int IdBytes = 32;

    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    /// <summary>Makes the first account with the one-time token, and lets its owner in. False when the token is not, or not any more, good.</summary>
    public async Task<bool> SetUpAsync(HttpContext context, string token, string name, string password)
    {
        if (!setup.Matches(token))
        {
            return false;
        }

        var account = new NewAccount(name, ConsoleRole.Admin, SeePersonal: true, await passwords.HashAsync(password, context.RequestAborted), MustChange: false);
        var note = new AuditNote(name, AddressOf(context), AuditActions.Setup, name);
        if (!await store.CreateFirstAsync(account, note, context.RequestAborted))
        {
            return false;
        }

        setup.Close();
        await BeginAsync(context, new Visitor(name, account.Role, account.SeePersonal, AddressOf(context)));
        return true;
    }

    /// <summary>False for a wrong name, a wrong password, a disabled account and too many tries alike.</summary>
    public async Task<bool> SignInAsync(HttpContext context, string name, string password)
    {
        var address = AddressOf(context);
        if (!throttle.Admits(name, address))
        {
            return false;
        }

        var account = AccountNames.IsValid(name) ? await store.FindAsync(name, context.RequestAborted) : null;
        var result = await passwords.VerifyAsync(account is { Enabled: true } ? account.PasswordHash : null, password, context.RequestAborted);
        if (result is PasswordVerificationResult.Failed)
        {
            // A name that nobody has may be a password in the wrong field: it is not written down.
            var shut = throttle.Failed(name, address);
            var action = shut ? AuditActions.SignInLocked : AuditActions.SignInFailed;
            await store.RecordAsync(new AuditNote(Nobody, address, action, account?.Name), context.RequestAborted);
            return false;
        }

        throttle.Succeeded(name, address);
        if (result is PasswordVerificationResult.SuccessRehashNeeded)
        {
            await store.RehashAsync(account!.Name, await passwords.HashAsync(password, context.RequestAborted), context.RequestAborted);
        }

        await BeginAsync(context, new Visitor(account!.Name, account.Role, account.SeePersonal, address, MustChange: account.MustChange));
        return true;
    }

    /// <summary>Ends every session of the account and begins a new one here. False when the current password is wrong, or was tried too often.</summary>
    public async Task<bool> ChangePasswordAsync(HttpContext context, string current, string next)
    {
        var (name, address) = (context.User.NameOf(), AddressOf(context));
        if (!throttle.Admits(name, address)
            || await store.FindAsync(name, context.RequestAborted) is not { Enabled: true } account
            || await passwords.VerifyAsync(account.PasswordHash, current, context.RequestAborted) is PasswordVerificationResult.Failed)
        {
            throttle.Failed(name, address);
            return false;
        }

        var note = new AuditNote(name, address, AuditActions.PasswordChanged, name);
        await store.SetPasswordAsync(name, await passwords.HashAsync(next, context.RequestAborted), mustChange: false, note, context.RequestAborted);
        await BeginAsync(context, new Visitor(name, account.Role, account.SeePersonal, address));
        return true;
    }

    public async Task SignOutAsync(HttpContext context)
    {
        if (context.User.SessionOf() is { } session)
        {
            var note = new AuditNote(context.User.NameOf(), AddressOf(context), AuditActions.SignOut);
            await store.EndSessionAsync(Hash(session), note, context.RequestAborted);
        }

        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>The cookie's session as it is in the store now: a role that was taken away, a lock-out or a logout elsewhere count at once.</summary>
    public async Task ValidateAsync(CookieValidatePrincipalContext context, CancellationToken cancel)
    {
        if (context.Principal?.SessionOf() is { } id && await store.SessionAsync(Hash(id), options.SessionIdle, cancel) is { } session)
        {
            await TouchAsync(id, session, cancel);
            context.ReplacePrincipal(PrincipalOf(id, session, AddressOf(context.HttpContext)));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>Who a circuit's user is by now; null when the session is over. Looking is no use of the session, acting is.</summary>
    public async Task<ClaimsPrincipal?> CurrentAsync(ClaimsPrincipal user, bool isUse, CancellationToken cancel)
    {
        if (user.SessionOf() is not { } id)
        {
            // A proxy's login ends with the circuit, at the latest after SessionMax.
            return user.Identity?.IsAuthenticated is true ? user : null;
        }

        if (await store.SessionAsync(Hash(id), options.SessionIdle, cancel) is not { } session)
        {
            return null;
        }

        if (isUse)
        {
            await TouchAsync(id, session, cancel);
        }

        return PrincipalOf(id, session, user.OriginOf());
    }

    public static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : null;

    // Always a new id: one that was planted before the login is worth nothing after it.
    private async Task BeginAsync(HttpContext context, Visitor visitor)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var session = new NewSession(Hash(id), visitor.Name, visitor.Origin, clock.GetUtcNow() + options.SessionMax);
        await store.BeginSessionAsync(session, new AuditNote(visitor.Name, visitor.Origin, AuditActions.SignIn), context.RequestAborted);
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            ConsoleClaims.Principal(CookieAuthenticationDefaults.AuthenticationScheme, visitor with { Session = id }));
    }

    private async Task TouchAsync(string id, ConsoleSession session, CancellationToken cancel)
    {
        if (clock.GetUtcNow() - session.SeenAt >= TouchEvery)
        {
            await store.TouchAsync(Hash(id), cancel);
        }
    }

    private static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(id)));

    private static ClaimsPrincipal PrincipalOf(string id, ConsoleSession session, string? origin) => ConsoleClaims.Principal(
        CookieAuthenticationDefaults.AuthenticationScheme,
        new Visitor(session.Account, session.Role, session.SeePersonal, origin, id, session.MustChange));
}
