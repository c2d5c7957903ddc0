using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Salesforce;

/// <summary>
/// What an admin, an agent or chance does to the org behind the API's back. Everything that names a record, object or field checks that
/// there is one.
/// </summary>
internal sealed class OrgDesk(Org org)
{
    private const string Master = "MasterRecordId";

    /// <summary>A record that somebody else numbered. False, and nothing done, for ids of other objects, broken ones and known ones.</summary>
    public bool Adopt(string id)
    {
        using var transaction = org.Begin();
        if (!RecordId.TryNormalize(id, out var id18)
            || org.Find(id18) is not null
            || org.Schema.Values.FirstOrDefault(type => id18.StartsWith(type.KeyPrefix, StringComparison.Ordinal)) is not { } known)
        {
            return false;
        }

        org.Add(known, id18);
        transaction.Commit();
        return true;
    }

    /// <summary>The loser is deleted and points at its master; what is related to it is the master's from then on (Apex guide, "Merging Records").</summary>
    public void Merge(string loser, string winner)
    {
        using var transaction = org.Begin();
        var (lost, master) = (Case(loser, "loser"), Case(winner, "winner"));
        if (lost == master)
        {
            throw new AdminRefusalException("A Case cannot be merged into itself.", "winner");
        }

        org.Set(lost, "IsDeleted", true);
        org.Set(lost, Master, master.Id);
        foreach (var (row, field) in References(lost.Id).ToList())
        {
            org.Set(row, field, master.Id);
        }

        transaction.Commit();
    }

    public void SetDeleted(string id, bool deleted)
    {
        using var transaction = org.Begin();
        org.Set(Record(id), "IsDeleted", deleted);
        transaction.Commit();
    }

    /// <summary>Somebody else is writing to the record, or has finished.</summary>
    public void SetLocked(string id, bool locked)
    {
        using var transaction = org.Begin();
        var row = Record(id).Id;
        if (locked)
        {
            org.Locks.Hold(this, row);
        }
        else
        {
            org.Locks.Release(row);
        }
    }

    /// <summary>Takes the right to write a field (<c>Case.Status</c>) or a whole object (<c>CaseComment</c>), or gives it back.</summary>
    public void SetReadOnly(string what, bool readOnly)
    {
        using var transaction = org.Begin();
        if (what.Contains('.', StringComparison.Ordinal))
        {
            Put(org.Rules.ReadOnlyFields, FieldName(what, "what"), readOnly);
        }
        else
        {
            Put(org.Rules.ReadOnlyObjects, Type(what, "what").Name, readOnly);
        }
    }

    public void SetHidden(string field, bool hidden)
    {
        using var transaction = org.Begin();
        Put(org.Rules.HiddenFields, FieldName(field, "field"), hidden);
    }

    /// <summary>The picklist takes the values of its list only, or any text again.</summary>
    public void SetRestricted(string field, bool restricted)
    {
        using var transaction = org.Begin();
        var name = FieldName(field, "field");
        if (!Picklists().Contains(name, StringComparer.Ordinal))
        {
            throw new AdminRefusalException($"'{name}' is no picklist.", "field", Picklists());
        }

        org.Rules.Restricted[name] = restricted;
    }

    /// <param name="message">Null lifts the rule.</param>
    public void Validate(string field, string? message)
    {
        using var transaction = org.Begin();
        var name = FieldName(field, "field");
        if (message is null)
        {
            org.Rules.Validations.Remove(name);
        }
        else
        {
            org.Rules.Validations[name] = message;
        }
    }

    /// <summary>Switches the assignment rule of Cases on or off.</summary>
    public void SetAssignmentRule(bool active)
    {
        using var transaction = org.Begin();
        org.Set(org.Rows(org.Type("AssignmentRule")).First(), "Active", active);
        transaction.Commit();
    }

    // Where a file was first published is history.
    private IEnumerable<(Row Row, string Field)> References(string id) =>
        from type in org.Schema.Values
        from field in type.Fields
        where field.Kind is FieldKind.Reference && field.Name is not (Master or "FirstPublishLocationId")
        from row in org.Rows(type)
        where row.Text(field.Name) == id
        select (row, field.Name);

    private Row Case(string id, string member) => Record(id, member) is { Type.Name: "Case" } row
        ? row
        : throw new AdminRefusalException($"'{id}' is no Case.", member);

    private Row Record(string id, string member = "id") =>
        org.Find(id) ?? throw new AdminRefusalException($"There is no record '{id}'.", member);

    private SObjectType Type(string name, string member) => org.Schema.GetValueOrDefault(name)
        ?? throw new AdminRefusalException($"There is no object '{name}'.", member, org.Schema.Keys.Order(StringComparer.Ordinal));

    private string FieldName(string path, string member)
    {
        if (path.Split('.') is not [var type, var field])
        {
            throw new AdminRefusalException($"'{path}' is no field: it is named like Case.Status.", member);
        }

        var known = Type(type, member);
        return known.Find(field) is { } found
            ? $"{known.Name}.{found.Name}"
            : throw new AdminRefusalException($"{known.Name} has no field '{field}'.", member, known.Fields.Select(f => $"{known.Name}.{f.Name}"));
    }

    private IEnumerable<string> Picklists() =>
        org.Schema.Values.SelectMany(type => type.Fields.Where(f => f.Kind is FieldKind.Picklist).Select(f => $"{type.Name}.{f.Name}"));

    private static void Put(HashSet<string> set, string item, bool contained)
    {
        if (contained)
        {
            set.Add(item);
        }
        else
        {
            set.Remove(item);
        }
    }
}
