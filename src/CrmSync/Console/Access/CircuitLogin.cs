using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace CrmSync.Console.Access;

/// <summary>
/// Who a circuit's user is. A circuit may live for hours on one request's login, so it looks again and again whether that still holds:
/// when the session is over, or the account's rights are others, the user is nobody, and the page asks the browser to come in anew.
/// </summary>
internal sealed class CircuitLogin(ILoggerFactory loggers, ConsoleLogin login, ConsoleOptions options, TimeProvider clock)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset _begun = clock.GetUtcNow();

    protected override TimeSpan RevalidationInterval => Interval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        return clock.GetUtcNow() - _begun < options.SessionMax
            && await login.CurrentAsync(user, isUse: false, cancellationToken) is { } current
            && current.RoleOf() == user.RoleOf()
            && current.MaySeePersonal() == user.MaySeePersonal()
            && current.MustChangePassword() == user.MustChangePassword();
    }
}
