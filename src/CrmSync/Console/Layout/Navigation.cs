using CrmSync.Console.Access;
using CrmSync.Console.Texts;

namespace CrmSync.Console.Layout;

/// <summary>
/// An entry of the main navigation. To add a page: a .razor file with its <c>@page</c> in Console/Pages, its texts in a class of
/// Console/Texts, and a line in <see cref="Entries"/>. The policy is asked for the link here and, by <c>[Authorize]</c>, for the page.
/// </summary>
/// <param name="Key">Pressed after <c>g</c>, opens the page.</param>
internal sealed record Navigation(string Href, Text Title, string Icon, char Key, string Policy)
{
    public static readonly IReadOnlyList<Navigation> Entries =
    [
        new("/", ShellTexts.Overview, "overview", 'o', ConsolePolicies.Viewer),
        new("/sessions", ShellTexts.Sessions, "sessions", 's', ConsolePolicies.Viewer),
        new("/connectors", ShellTexts.Connectors, "connectors", 'c', ConsolePolicies.Viewer),
        new("/templates", ShellTexts.Templates, "templates", 't', ConsolePolicies.Viewer),
        new("/quarantine", QuarantineTexts.Short, "inbox", 'q', ConsolePolicies.Viewer),
        new("/alerts", ShellTexts.Alerts, "alerts", 'a', ConsolePolicies.Viewer),
        new("/audit", ShellTexts.Audit, "audit", 'u', ConsolePolicies.Admin),
        new("/accounts", ShellTexts.Accounts, "accounts", 'p', ConsolePolicies.Admin),
    ];
}
