namespace CrmSync.Simulators.Salesforce;

/// <summary>What the simulated org was set up with.</summary>
public sealed record OrgOptions
{
    public string ClientId { get; init; } = "crmsync-client";

    public string ClientSecret { get; init; } = "crmsync-secret";

    /// <summary>Password and security token of <see cref="Username"/>, for clients that still sign in with them.</summary>
    public string Password { get; init; } = "crmsync-password";

    public string SecurityToken { get; init; } = "crmsync-token";

    /// <summary>A refresh token somebody was given earlier.</summary>
    public string RefreshToken { get; init; } = "crmsync-refresh";

    /// <summary>The user the client acts as.</summary>
    public string Username { get; init; } = "crmsync@org.example";

    /// <summary>PEM certificate or public key that verifies JWT assertions; null: the JWT flow is not set up.</summary>
    public string? JwtCertificatePem { get; init; }

    /// <summary>Accepted <c>aud</c> claims, besides the simulator's own address.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = ["https://login.salesforce.com", "https://test.salesforce.com"];

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Token requests per rolling hour before <c>login rate exceeded</c>.</summary>
    public int LoginsPerHourMax { get; init; } = 3_600;

    /// <summary>API calls per rolling day before <c>REQUEST_LIMIT_EXCEEDED</c>.</summary>
    public int DailyApiCallsMax { get; init; } = 100_000;

    /// <summary>
    /// Calls that may run for more than 20 seconds at the same time before further ones are refused: 25 in production and sandboxes, 5 in
    /// Developer Edition.
    /// </summary>
    public int LongCallsMax { get; init; } = 25;

    /// <summary>Whether the package with the ledger object and the Case fields is installed.</summary>
    public bool Package { get; init; } = true;

    /// <summary>Whether Email-to-Case is on; without it there is no EmailMessage.</summary>
    public bool EmailToCase { get; init; } = true;

    /// <summary>False: an admin took <c>Unique</c> off the key of the package, and nothing keeps deliveries apart.</summary>
    public bool UniqueKeys { get; init; } = true;

    /// <summary>Set: answers tell the usage of the app beside that of the org.</summary>
    public string? AppName { get; init; }

    /// <summary>Text of a <c>Warning: 299</c> header; deprecated versions have one without it.</summary>
    public string? Announcement { get; init; }

    /// <summary>An active assignment rule takes over Cases written without <c>Sforce-Auto-Assign: FALSE</c>.</summary>
    public bool AssignmentRule { get; init; }
}

/// <summary>What an admin has forbidden since; all of it can change while the simulator runs.</summary>
internal sealed class OrgRules
{
    /// <summary>Fields the user may read but not write, e.g. <c>Case.Status</c>.</summary>
    public HashSet<string> ReadOnlyFields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Objects the user may not create or change.</summary>
    public HashSet<string> ReadOnlyObjects { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Fields the user may not even see, e.g. <c>Case.Status</c>: for the API they do not exist.</summary>
    public HashSet<string> HiddenFields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Duplicates are records that the user may not see: the refusal names none.</summary>
    public bool HidesDuplicates { get; set; }

    /// <summary>Validation message by field, e.g. <c>Case.Status</c>; any write of the field is refused with it.</summary>
    public Dictionary<string, string> Validations { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a picklist takes only the values of its list, e.g. <c>Case.Status</c>, where that is not as the schema has it.</summary>
    public Dictionary<string, bool> Restricted { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool StorageFull { get; set; }

    public bool IpBlocked { get; set; }

    /// <summary>Set: what every login is answered.</summary>
    public (string Error, string Description)? LoginRefusal { get; set; }

    public OrgLimits Limits { get; set; } = OrgLimits.AsSetUp;

    public void Clear()
    {
        ReadOnlyFields.Clear();
        ReadOnlyObjects.Clear();
        Validations.Clear();
        HiddenFields.Clear();
        Restricted.Clear();
        StorageFull = IpBlocked = HidesDuplicates = false;
        LoginRefusal = null;
        Limits = OrgLimits.AsSetUp;
    }
}

/// <summary>Limits in place of those of <see cref="OrgOptions"/>; null: that one.</summary>
internal sealed record OrgLimits(int? DailyCalls, int? LongCalls, int? LoginsPerHour)
{
    public static OrgLimits AsSetUp { get; } = new(null, null, null);
}
