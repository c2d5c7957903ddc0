using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Salesforce;

/// <summary>A Salesforce org on 127.0.0.1. The members besides <see cref="StartAsync"/> are what an admin, an agent or chance would do.</summary>
public sealed class SalesforceSimulator : IAsyncDisposable
{
    private readonly SimulatorHost _host;
    private readonly Org _org;
    private readonly OrgDesk _desk;

    private SalesforceSimulator(SimulatorHost host, Org org, OrgDesk desk)
    {
        _host = host;
        _org = org;
        _desk = desk;
    }

    /// <summary>The address of the org, as My Domain and as instance.</summary>
    public Uri Address => _host.Address;

    /// <summary>The same over https; null unless a port was asked for. Trust <see cref="SimulatorHost.Certificate"/>.</summary>
    public Uri? SecureAddress => _host.SecureAddress;

    public SimulatorHost Host => _host;

    public FaultPlan Faults => _host.Faults;

    public RequestLog Requests => _host.Requests;

    public string UserId => _org.UserId;

    public string OrganizationId => _org.OrganizationId;

    /// <summary>Every record that can carry notes and files, with what is on it.</summary>
    public IReadOnlyList<SimulatedRecord> Records => ReadBack.All(_org);

    public static async Task<SalesforceSimulator> StartAsync(OrgOptions org, SimulatorOptions options, CancellationToken cancel)
    {
        var faults = new FaultPlan(options.Seed);
        var state = new Org(org, faults, options.Clock);
        var desk = new OrgDesk(state);
        return new SalesforceSimulator(await SimulatorHost.StartAsync(new SalesforceCrm(state, desk), options, faults, cancel), state, desk);
    }

    /// <summary>A new record; answers its 18-character id. Fields are set as given, without the checks of the API.</summary>
    public string Add(string type, params IEnumerable<(string Field, object? Value)> fields)
    {
        using var transaction = _org.Begin();
        var row = _org.Add(_org.Type(type));
        foreach (var (field, value) in fields)
        {
            _org.Set(row, field, value);
        }

        transaction.Commit();
        return row.Id;
    }

    public string AddCase(string subject = "A question") => Add("Case", ("Subject", subject), ("OwnerId", _org.UserId));

    /// <summary>A record that somebody else numbered, e.g. the one a session file names. Ids of other objects, broken ones and known ones are left alone.</summary>
    public void Adopt(string id) => _desk.Adopt(id);

    public SimulatedRecord Record(string id) => Records.First(r => r.Id == id);

    /// <summary>Rows of an object that are not deleted.</summary>
    public int Count(string type)
    {
        using var transaction = _org.Begin();
        return _org.Rows(_org.Type(type)).Count(r => !r.IsDeleted);
    }

    /// <summary>Merges <paramref name="loser"/> into <paramref name="winner"/>: the loser is deleted and points at its master.</summary>
    public void Merge(string loser, string winner) => _desk.Merge(loser, winner);

    public void Delete(string id) => _desk.SetDeleted(id, deleted: true);

    public void Undelete(string id) => _desk.SetDeleted(id, deleted: false);

    /// <summary>Any write of the field (<c>Case.Status</c>) is refused with the message, as a validation rule would; null lifts the rule.</summary>
    public void Validate(string field, string? message) => _desk.Validate(field, message);

    /// <summary>Takes away the right to write a field (<c>Case.Status</c>) or a whole object (<c>CaseComment</c>).</summary>
    public void Revoke(string fieldOrObject) => _desk.SetReadOnly(fieldOrObject, readOnly: true);

    /// <summary>Field-level security hides the field (<c>Case.Status</c>): it is in no describe, and who names it is told that there is none.</summary>
    public void Hide(string field) => _desk.SetHidden(field, hidden: true);

    /// <summary>What a unique field's refusal would name is invisible to the user: the text says <c>&lt;unknown&gt;</c>.</summary>
    public void SetDuplicatesHidden(bool hidden) => _org.Rules.HidesDuplicates = hidden;

    /// <summary>Somebody else is writing to the record, or has finished: writes to it and its children wait, ten seconds at most.</summary>
    public void SetLocked(string id, bool locked) => _desk.SetLocked(id, locked);

    /// <summary>Whether a transaction that has not ended holds the record.</summary>
    public bool IsLocked(string id) => _org.Locks.IsHeld(id);

    /// <summary>Requests that wait for a row that another transaction holds.</summary>
    public int Waiting => _org.Locks.Waiting;

    public void SetStorageFull(bool full) => _org.Rules.StorageFull = full;

    /// <summary>The session's address is outside the allowed range: every call is answered 401 with a text that no login mends.</summary>
    public void SetIpBlocked(bool blocked) => _org.Rules.IpBlocked = blocked;

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
