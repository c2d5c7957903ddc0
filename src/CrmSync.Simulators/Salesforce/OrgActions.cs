using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Salesforce;

/// <summary><see cref="OrgDesk"/> and the org's rules through the admin surface.</summary>
internal static class OrgActions
{
    private static readonly AdminMember Id = new("id", AdminKind.Text, "the record's id, 15 or 18 characters");
    private static readonly AdminMember Field = new("field", AdminKind.Text, "a field, e.g. Case.Status");

    public static IReadOnlyList<AdminAction> For(ISimulatedCrm crm, Org org, OrgDesk desk) => [.. Records(desk), .. Rights(org, desk), .. Trouble(crm, org)];

    private static IEnumerable<AdminAction> Records(OrgDesk desk) =>
    [
        AdminAction.Of(
            "adopt-record", "Makes an empty record with a given id.",
            [Id],
            given =>
            {
                if (!desk.Adopt(given.Text("id")))
                {
                    throw new AdminRefusalException($"'{given.Text("id")}' is taken, broken, or of an object that this org does not have.", "id");
                }
            }),
        AdminAction.Of(
            "merge-case", "Merges one Case into another: the loser is deleted and points at its master.",
            [new("loser", AdminKind.Text, "id of the Case that goes"), new("winner", AdminKind.Text, "id of the Case that stays")],
            given => desk.Merge(given.Text("loser"), given.Text("winner"))),
        AdminAction.Of("delete-record", "Puts a record into the recycle bin.", [Id], given => desk.SetDeleted(given.Text("id"), deleted: true)),
        AdminAction.Of("undelete-record", "Takes a record out of the recycle bin.", [Id], given => desk.SetDeleted(given.Text("id"), deleted: false)),
        AdminAction.Of(
            "lock-record", "Somebody else is writing to the record: writes to it and its children wait ten seconds, then UNABLE_TO_LOCK_ROW.",
            [Id, AdminAction.On],
            given => desk.SetLocked(given.Text("id"), given.On)),
    ];

    private static IEnumerable<AdminAction> Rights(Org org, OrgDesk desk) =>
    [
        AdminAction.Of(
            "hide-field", "Field-level security hides a field: for the API there is none.",
            [Field, AdminAction.On],
            given => desk.SetHidden(given.Text("field"), given.On)),
        AdminAction.Of(
            "read-only", "The user may read a field or object and not write it.",
            [new("what", AdminKind.Text, "a field or object, e.g. Case.Status or CaseComment"), AdminAction.On],
            given => desk.SetReadOnly(given.Text("what"), given.On)),
        AdminAction.Of(
            "validation-rule", "Any write of the field is refused with a message.",
            [Field, new("message", AdminKind.Text, "what the rule says") { Required = false }, AdminAction.On],
            given => desk.Validate(given.Text("field"), given.On ? given.TextOrNull("message") ?? "Refused by a validation rule" : null)),
        AdminAction.Of(
            "restrict-picklist", "The picklist takes only the values of its list.",
            [Field, AdminAction.On],
            given => desk.SetRestricted(given.Text("field"), given.On)),
        AdminAction.Of(
            "assignment-rule", "An assignment rule takes over Cases written without Sforce-Auto-Assign: FALSE.",
            [AdminAction.On],
            given => desk.SetAssignmentRule(given.On)),
        AdminAction.Of(
            "hide-duplicates", "The user may not see what a unique field's refusal would name: it says <unknown>.",
            [AdminAction.On],
            given => org.Rules.HidesDuplicates = given.On),
    ];

    private static IEnumerable<AdminAction> Trouble(ISimulatedCrm crm, Org org) =>
    [
        AdminAction.ExpireTokens(crm),
        AdminAction.Of("storage-full", "No file can be stored.", [AdminAction.On], given => org.Rules.StorageFull = given.On),
        AdminAction.Of("block-ip", "Sessions are refused from the caller's address, with a 401 that no login mends.", [AdminAction.On], given => org.Rules.IpBlocked = given.On),
        AdminAction.Of(
            "refuse-logins", "No login is granted.",
            [
                new("error", AdminKind.Text, "the error's name; default invalid_grant") { Required = false },
                new("description", AdminKind.Text, "the error's text; default authentication failure") { Required = false },
                AdminAction.On,
            ],
            given => org.Rules.LoginRefusal = given.On
                ? (given.TextOrNull("error") ?? "invalid_grant", given.TextOrNull("description") ?? "authentication failure")
                : null),
        AdminAction.Of(
            "limits", "Sets the org's limits; what is not named is as it was set up.",
            [
                new("dailyCalls", AdminKind.Number, "API calls a day") { Required = false },
                new("longCalls", AdminKind.Number, "calls that may run longer than 20 seconds at once; 0 refuses every call") { Required = false },
                new("loginsPerHour", AdminKind.Number, "logins an hour") { Required = false },
            ],
            given => org.Rules.Limits = new OrgLimits(Limit(given, "dailyCalls"), Limit(given, "longCalls"), Limit(given, "loginsPerHour"))),
    ];

    private static int? Limit(AdminArguments given, string member) => given.NumberOrNull(member) switch
    {
        null => null,
        > int.MaxValue => throw new AdminRefusalException($"'{member}' can be {int.MaxValue} at most.", member),
        var number => (int)number,
    };
}
