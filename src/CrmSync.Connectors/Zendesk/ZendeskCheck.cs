using System.Text;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Would it work? Tries each thing a delivery needs, in order, and leaves nothing behind: the trial upload is deleted again. Zendesk gives
/// a token for scopes it does not know and refuses later, so only trying tells.
/// </summary>
internal sealed class ZendeskCheck(ZendeskClient client, ZendeskAuth auth, ZendeskQuota quota, ZendeskOptions options)
{
    public async Task<CheckReport> RunAsync(string connector, CancellationToken cancel)
    {
        var findings = new List<CheckFinding?>();
        var me = await client.ShowMeAsync(cancel);
        findings.Add(SignIn(me));

        if (auth.IsLegacy)
        {
            findings.Add(new CheckFinding(
                CheckLevel.Warning,
                "API token",
                $"Zendesk turns all API tokens off on {ZendeskLimits.ApiTokensEnd:yyyy-MM-dd}.",
                "Make an OAuth client in Admin Center and set ClientId and ClientSecret instead: docs/connect-zendesk.md."));
        }

        if (me.Trouble is null || ZendeskFaults.IsMissingRight(me.Trouble))
        {
            findings.Add(Scopes());
            findings.Add(Restriction(me.Value?.User));
            findings.AddRange(await RightsAsync(cancel));
            findings.Add(await FieldsAsync(cancel));
            findings.Add(Calls());
        }

        return new CheckReport(connector, [.. findings.OfType<CheckFinding>()]);
    }

    private CheckFinding SignIn(ZendeskReply<UserReply> me)
    {
        if (me.Trouble is { } closed && ZendeskFaults.IsMissingRight(closed))
        {
            return new CheckFinding(
                options.AuthorFromAgent ? CheckLevel.Problem : CheckLevel.Warning,
                "Sign-in",
                $"Signed in to {options.Url!.Host}, but Zendesk does not say as whom.",
                options.AuthorFromAgent ? "Add users:read to Scope: AuthorFromAgent needs it." : "Add users:read to Scope if you want to know.");
        }

        if (me.Trouble is { } trouble)
        {
            return Problem("Sign-in", trouble, "users:read", auth.IsLegacy
                ? "Check ApiTokenUser and ApiToken, and that token access is on in Admin Center."
                : "Check ClientId and ClientSecret against the OAuth client in Admin Center, and Url against the address bar.");
        }

        // A wrong token can be answered by an anonymous user without an id.
        var role = me.Value?.User is { Id: not null } user ? user.Role : null;
        return role is "agent" or "admin"
            ? new CheckFinding(CheckLevel.Ok, "Sign-in", $"Signed in to {options.Url!.Host} as {role} {me.Value!.User!.Name}.")
            : new CheckFinding(
                CheckLevel.Problem, "Sign-in", "The user behind these credentials is no agent.", "Make the OAuth client while signed in as an agent for CrmSync.");
    }

    /// <summary>A scope that the client may not give is left out without a word.</summary>
    private CheckFinding? Scopes()
    {
        var missing = options.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Except((auth.Scope ?? options.Scope).Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal)
            .ToList();
        return auth.IsLegacy || missing.Count == 0
            ? null
            : new CheckFinding(
                CheckLevel.Warning,
                "Scopes",
                $"Asked for {options.Scope}; Zendesk did not give {string.Join(", ", missing)}.",
                "Allow it in the OAuth client, or take it out of Scope if nothing below is missing.");
    }

    private static CheckFinding? Restriction(WireUser? user) => user?.TicketRestriction is { } restriction
        ? new CheckFinding(
            CheckLevel.Warning,
            "Tickets in reach",
            $"CrmSync's user sees only some tickets ({restriction}); sessions of others are parked.",
            "Give it access to all tickets: Admin Center, People, Team, the user's role.")
        : null;

    private async Task<IEnumerable<CheckFinding>> RightsAsync(CancellationToken cancel)
    {
        var upload = await client.UploadAsync(
            $"crmsync-check.{options.AttachmentExtension}", "application/json", Encoding.UTF8.GetBytes("{\"check\":true}"), cancel);
        var findings = new List<CheckFinding> { Right("Upload files", upload.Trouble, "write") };

        if (upload.Value?.Upload?.Token is { } token)
        {
            var deleted = await client.DeleteUploadAsync(token, cancel);
            findings.Add(Right("Take uploads back", deleted.Trouble, "write"));
        }

        if (options.Mode is not ZendeskMode.OneByOne)
        {
            findings.Add(Right("Read bulk jobs", (await client.ListJobsAsync(cancel)).Trouble, "read"));
        }

        // Ticket ids begin at 1. The first is asked for only to see whether asking is allowed, and there is none to be written to.
        findings.Add(Right("Read tickets", (await client.ShowTicketsAsync([1], cancel)).Trouble, "tickets:read"));
        var write = await client.UpdateTicketAsync(0, new TicketPatch(new CommentPatch(Public: false) { Body = "check" }), cancel);
        findings.Add(Right("Write to tickets", IsLetIn(write.Trouble) ? null : write.Trouble, "tickets:write"));
        return findings;
    }

    /// <summary>Whatever Zendesk has against a ticket that does not exist: it looked for it, so writing is allowed.</summary>
    private static bool IsLetIn(ZendeskTrouble? trouble) => trouble is null || ZendeskFaults.ToOutcome(trouble) is Outcome.Refused;

    private async Task<CheckFinding?> FieldsAsync(CancellationToken cancel)
    {
        if (options.CustomFields.Count == 0)
        {
            return null;
        }

        var reply = await client.ListFieldsAsync(cancel);

        if (reply.Trouble is { } trouble)
        {
            return Problem("Custom fields", trouble, "tickets:read", "Ask for scope read.");
        }

        var known = (reply.Value?.TicketFields ?? []).Where(field => field.Active is not false).Select(field => field.Id).ToHashSet();
        var missing = options.CustomFields.Where(id => !known.Contains(id)).ToList();
        return missing.Count == 0
            ? new CheckFinding(CheckLevel.Ok, "Custom fields", $"All {options.CustomFields.Count} exist and are active.")
            : new CheckFinding(
                CheckLevel.Problem,
                "Custom fields",
                $"Not there, or not active: {string.Join(", ", missing)}.",
                "Take the ids from Admin Center, Objects and rules, Tickets, Fields.");
    }

    private CheckFinding? Calls() => quota is { Limit: { } limit, Remaining: { } left }
        ? new CheckFinding(
            CheckLevel.Ok, "API calls left", $"{left} of {limit} in this minute; CrmSync uses at most {options.QuotaShare:P0} of them.")
        : null;

    private static CheckFinding Right(string subject, ZendeskTrouble? trouble, string scope) => trouble is null
        ? new CheckFinding(CheckLevel.Ok, subject, "Allowed.")
        : Problem(subject, trouble, scope, "Read Zendesk's words above.");

    private static CheckFinding Problem(string subject, ZendeskTrouble trouble, string scope, string otherwise)
    {
        var fault = ZendeskFaults.FaultOf(trouble);
        return new CheckFinding(
            CheckLevel.Problem,
            subject,
            fault.ToString(),
            ZendeskFaults.IsMissingRight(trouble) ? $"Add {scope} to Scope, and see that the client's user is an agent who may do this." : otherwise);
    }
}
