using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CrmSync.Console.Access;

/// <summary>A click within a circuit sends no request: it keeps the session alive all the same.</summary>
internal sealed class CircuitActivity(AuthenticationStateProvider states, ConsoleLogin login, TimeProvider clock) : CircuitHandler
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private DateTimeOffset _noted = clock.GetUtcNow();

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (clock.GetUtcNow() - _noted >= Every)
        {
            _noted = clock.GetUtcNow();
            await login.CurrentAsync((await states.GetAuthenticationStateAsync()).User, isUse: true, CancellationToken.None);
        }

        await next(context);
    };
}
