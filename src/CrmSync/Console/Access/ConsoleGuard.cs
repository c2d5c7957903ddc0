using CrmSync.Core.Deliveries;
using CrmSync.Ledger.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace CrmSync.Console.Access;

/// <summary>
/// What every action of a page begins with. A hidden button keeps nobody out and a circuit outlives a login, so the store is asked each
/// time whether this user still may.
/// </summary>
internal sealed class ConsoleGuard(AuthenticationStateProvider states, IAuthorizationService authorization, ConsoleLogin login, IConsoleStore store)
{
    /// <summary>The user as the audit names them.</summary>
    /// <exception cref="UnauthorizedAccessException">The login is over or does not reach for this.</exception>
    public async Task<Actor> DemandAsync(string policy, CancellationToken cancel)
    {
        var user = (await states.GetAuthenticationStateAsync()).User;
        return await login.CurrentAsync(user, isUse: true, cancel) is { } current && (await authorization.AuthorizeAsync(current, policy)).Succeeded
            ? new Actor(current.NameOf(), current.OriginOf())
            : throw new UnauthorizedAccessException("The login is over or does not reach for this.");
    }

    /// <summary>Writes down what was done.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="subject">A connector, template, session or account.</param>
    /// <param name="detail">Never a secret or personal data.</param>
    public Task RecordAsync(Actor actor, string action, string? subject, string? detail, CancellationToken cancel) =>
        store.RecordAsync(Note(actor, action, subject, detail), cancel);

    public static AuditNote Note(Actor actor, string action, string? subject, string? detail = null) => new(actor.Name, actor.Origin, action, subject, detail);
}
