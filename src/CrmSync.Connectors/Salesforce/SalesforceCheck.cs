using System.Globalization;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>The connection test: who we are, what we may write, how many calls are left, and what the admin has to do about the rest.</summary>
internal sealed class SalesforceCheck(string connector, SalesforceOptions options, SalesforceClient client, SalesforceWriteProbe probe)
{
    private static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(1);

    public async Task<CheckReport> RunAsync(CancellationToken cancel)
    {
        var findings = new List<CheckFinding>();
        if (await SignInAsync(findings, cancel))
        {
            await VersionAsync(findings, cancel);
            await OrgAsync(findings, cancel);
            await RightsAsync(findings, cancel);
            await LookupAsync(findings, cancel);
            if (await probe.RunAsync(cancel) is { } written)
            {
                findings.Add(written);
            }

            await LimitsAsync(findings, cancel);
            if (client.Announcement is { } announcement)
            {
                findings.Add(new(CheckLevel.Warning, "Announcement", $"Salesforce says: {announcement}", "If it is about the version, set ApiVersion to a newer one."));
            }
        }

        return new CheckReport(connector, findings);
    }

    private async Task<bool> SignInAsync(List<CheckFinding> findings, CancellationToken cancel)
    {
        var (session, trouble) = await client.SignInAsync(cancel);
        if (session is not null)
        {
            var way = options.ClientSecret is null ? "JWT" : "client credentials";
            findings.Add(new(CheckLevel.Ok, "Sign-in", $"Signed in by {way}; the org is at {session.Instance.Host}."));
            return true;
        }

        findings.Add(new(CheckLevel.Problem, "Sign-in", FaultOf(trouble!), SignInFix(trouble!)));
        return false;
    }

    private string SignInFix(SalesforceTrouble trouble)
    {
        var text = trouble.Text ?? string.Empty;
        return trouble switch
        {
            { Kind: not SalesforceTroubleKind.SignInFailed } => "Check Url, DNS and firewall; the My Domain is in Setup, My Domain.",
            _ when text.Contains("hasn't approved", StringComparison.OrdinalIgnoreCase) =>
                $"In the app's policies set Permitted Users to 'Admin approved users are pre-authorized' and give {options.Username} a permission set that is assigned to the app.",
            _ when text.Contains("rate exceeded", StringComparison.OrdinalIgnoreCase) => "Wait an hour; look for another program that signs in as this user for every request.",
            _ when text.Contains("audience", StringComparison.OrdinalIgnoreCase) => "Set Audience to https://test.salesforce.com for a sandbox, https://login.salesforce.com for production.",
            { Code: "invalid_grant", ClockAhead: { } ahead } when ahead.Duration() > SkewMax => string.Create(
                CultureInfo.InvariantCulture, $"Set this machine's clock: it differs from Salesforce's by {ahead.TotalSeconds:0} seconds."),
            { Code: "invalid_client_id" } => "Check ClientId: it is the consumer key of the External Client App. A new app takes some minutes to work.",
            { Code: "invalid_client" } => "Check ClientSecret, or enable the flow in the app's OAuth settings.",
            _ => "Check that the certificate uploaded to the app belongs to PrivateKey, and that the flow is enabled there with a user it may run as.",
        };
    }

    private async Task VersionAsync(List<CheckFinding> findings, CancellationToken cancel)
    {
        var (versions, trouble) = await client.VersionsAsync(cancel);
        findings.Add(versions switch
        {
            null => new(CheckLevel.Warning, "API version", FaultOf(trouble!)),
            _ when versions.Any(v => v.Version == options.ApiVersion) => new(CheckLevel.Ok, "API version", $"The org speaks version {options.ApiVersion}."),
            _ => new(CheckLevel.Problem, "API version", $"The org does not speak version {options.ApiVersion}.", $"Set ApiVersion to {versions[^1].Version}."),
        });
    }

    private async Task OrgAsync(List<CheckFinding> findings, CancellationToken cancel)
    {
        var (org, trouble) = await client.QueryAsync("SELECT Name, IsSandbox, InstanceName FROM Organization", all: false, cancel);
        findings.Add(org?.Records is [var row, ..]
            ? new(CheckLevel.Ok, "Org", $"{row.GetProperty("Name").GetString()}{(row.GetProperty("IsSandbox").GetBoolean() ? ", a sandbox" : string.Empty)}.")
            : new(CheckLevel.Warning, "Org", trouble is null ? "The org does not show its name." : FaultOf(trouble)));

        var (rules, _) = await client.QueryAsync("SELECT Id FROM AssignmentRule WHERE SobjectType = 'Case' AND Active = true", all: false, cancel);
        if (rules?.Records is [_, ..])
        {
            findings.Add(new(CheckLevel.Ok, "Assignment rule", "A Case assignment rule is active; CrmSync tells Salesforce not to run it."));
        }
    }

    private async Task RightsAsync(List<CheckFinding> findings, CancellationToken cancel)
    {
        await CreatesAsync(findings, "Files", "ContentVersion", ["Title", "PathOnClient", "VersionData", "FirstPublishLocationId"], cancel);
        foreach (var note in new[] { options.CaseNote, options.OtherNote }.Distinct())
        {
            await CreatesAsync(findings, "Notes", note.ToString(), SalesforceNotes.FieldsOf(note), cancel);
        }

        if (options.UsesPackage)
        {
            await CreatesAsync(findings, "Package", SalesforceLedger.Type, [SalesforceLedger.Key, .. SalesforceLedger.Fields], cancel);
        }

        if (options.CaseFields.Count > 0)
        {
            await CaseFieldsAsync(findings, cancel);
        }
    }

    private async Task CreatesAsync(List<CheckFinding> findings, string subject, string type, string[] fields, CancellationToken cancel)
    {
        var (description, trouble) = await client.DescribeAsync(type, cancel);
        var blocked = fields.Where(name => description?.Fields?.Any(f => f.Name == name && f.Createable) is not true).ToList();
        findings.Add(description switch
        {
            null when type == SalesforceLedger.Type => new(
                CheckLevel.Problem, subject, $"{type} is not there, or the user may not see it.", "Deploy the package from the folder salesforce/ and assign the permission set CrmSync, or set Package to false and Transport to Composite."),
            { Fields: { } described } when type == SalesforceLedger.Type && !described.Any(f => f.Name == SalesforceLedger.Key && f.Unique) => new(
                CheckLevel.Problem, subject, $"{SalesforceLedger.Key} of {type} is not unique: nothing keeps deliveries from being written twice.", "Deploy the package again; its field is unique."),
            null => new(CheckLevel.Problem, subject, FaultOf(trouble!), $"Give the user access to {type}; for FeedItem, enable Chatter."),
            { Createable: false } => new(CheckLevel.Problem, subject, $"The user may not create {type}.", "Assign the permission set CrmSync, or one with this right."),
            _ when blocked.Count > 0 => new(CheckLevel.Problem, subject, $"The user may not write {string.Join(", ", blocked)} of {type}.", "Give the user field-level access to them: in the permission set, Object Settings, Edit."),
            _ => new(CheckLevel.Ok, subject, $"The user may create {type}."),
        });
    }

    private async Task CaseFieldsAsync(List<CheckFinding> findings, CancellationToken cancel)
    {
        var (description, trouble) = await client.DescribeAsync("Case", cancel);
        if (description is null)
        {
            findings.Add(new(CheckLevel.Problem, "Case fields", FaultOf(trouble!), "Give the user access to Cases."));
            return;
        }

        findings.AddRange(options.CaseFields.Keys.Select(name => description.Fields?.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)) switch
        {
            null => new CheckFinding(CheckLevel.Problem, "Case fields", $"Case has no field {name}, or the user may not see it.", "Check the API name and the field-level security."),
            { Updateable: false } => new CheckFinding(CheckLevel.Problem, "Case fields", $"The user may not write {name}.", "Give edit access in the permission set."),
            { RestrictedPicklist: true } field => new CheckFinding(
                CheckLevel.Warning,
                "Case fields",
                $"{name} takes only: {string.Join(", ", (field.PicklistValues ?? []).Where(v => v.Active).Select(v => v.Value))}.",
                $"See that the template of {name} gives one of them; other values are left out."),
            { Length: > 0 } field => new CheckFinding(CheckLevel.Ok, "Case fields", $"{name} can be written; a value longer than {field.Length} characters is cut."),
            _ => new CheckFinding(CheckLevel.Ok, "Case fields", $"{name} can be written."),
        }));
    }

    private async Task LookupAsync(List<CheckFinding> findings, CancellationToken cancel)
    {
        if (options.Lookup.By.Count == 0)
        {
            return;
        }

        var (_, trouble) = await client.QueryAsync("SELECT Id, Email, Phone FROM Contact LIMIT 1", all: false, cancel);
        findings.Add(trouble is null
            ? new(CheckLevel.Ok, "Lookup", $"Contacts can be read; customers are looked up by {string.Join(", ", options.Lookup.By)}.")
            : new(CheckLevel.Problem, "Lookup", FaultOf(trouble), "Give the user read access to Contacts with Email and the phone fields, or leave out Lookup."));
    }

    private async Task LimitsAsync(List<CheckFinding> findings, CancellationToken cancel)
    {
        var (limits, trouble) = await client.LimitsAsync(cancel);
        if (limits?.GetValueOrDefault("DailyApiRequests") is not { } calls)
        {
            findings.Add(new(CheckLevel.Warning, "API calls left", trouble is null ? "The org does not tell." : FaultOf(trouble)));
            return;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{calls.Remaining} of {calls.Max} calls are left; the day is a rolling one.");
        findings.Add(calls.Max - calls.Remaining < calls.Max * options.QuotaShare
            ? new(CheckLevel.Ok, "API calls left", text)
            : new(CheckLevel.Problem, "API calls left", text, "Other integrations use up the org's calls: find them in Setup, System Overview, or raise QuotaShare."));

        if (limits.GetValueOrDefault("FileStorageMB") is { Remaining: < 100 } storage)
        {
            findings.Add(new(CheckLevel.Problem, "File storage", $"Only {storage.Remaining} MB are left for files.", "Make room in Setup, Storage Usage."));
        }
    }

    private static string FaultOf(SalesforceTrouble trouble) => SalesforceFaults.Harmless(trouble) switch
    {
        Outcome.Deferred(var fault, _, _) => fault.Message,
        Outcome.Halted(var fault, _) => fault.Message,
        Outcome.Refused(var fault) => fault.Message,
        var other => throw new InvalidOperationException($"No sentence for {other.GetType().Name}."),
    };
}
