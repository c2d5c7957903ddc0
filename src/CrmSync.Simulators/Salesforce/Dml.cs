using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>How a write was asked for.</summary>
/// <param name="AutoAssign">Header <c>Sforce-Auto-Assign</c>; true where it is missing, as Salesforce has it.</param>
internal sealed record WriteOptions(bool AutoAssign = true);

/// <summary>Insert, update and delete with the checks of the schema and the org's rules. Each call is atomic: it throws before or it is done.</summary>
internal sealed class Dml(Org org)
{
    public Row Insert(SObjectType type, JsonObject values, WriteOptions options)
    {
        using var transaction = org.Begin();
        EnsureAllowed(type);
        var parsed = Parse(type, values, f => f.Createable);
        EnsureRequired(type, parsed);
        EnsureReferences(parsed);
        EnsureUnique(type, parsed, row: null);
        EnsureFaultless(type);

        var row = org.Add(type);
        Assign(row, parsed);
        SideEffects.AfterInsert(org, row);
        ApplyAssignmentRule(row, options);
        transaction.Commit();
        return row;
    }

    public void Update(Row row, JsonObject values, WriteOptions options)
    {
        using var transaction = org.Begin();
        EnsureAllowed(row.Type);
        org.Session?.Touch(row.Id);
        var parsed = Parse(row.Type, values, f => f.Updateable);
        EnsureReferences(parsed);
        EnsureUnique(row.Type, parsed, row);
        EnsureFaultless(row.Type);

        Assign(row, parsed);
        var now = org.Clock.GetUtcNow();
        org.Set(row, "LastModifiedDate", now);
        org.Set(row, "SystemModstamp", now);
        SideEffects.AfterUpdate(org, row);
        ApplyAssignmentRule(row, options);
        transaction.Commit();
    }

    public void Delete(Row row)
    {
        using var transaction = org.Begin();
        EnsureAllowed(row.Type);
        org.Session?.Touch(row.Id);
        EnsureFaultless(row.Type);
        org.Set(row, "IsDeleted", true);
        transaction.Commit();
    }

    private void EnsureAllowed(SObjectType type)
    {
        if (org.Rules.ReadOnlyObjects.Contains(type.Name))
        {
            throw new ApiException(403, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
        }

        if (org.Rules.StorageFull && type.Name is "ContentVersion")
        {
            throw new ApiException(403, "STORAGE_LIMIT_EXCEEDED", "storage limit exceeded");
        }
    }

    // A scripted refusal: FaultRule(Fault.Named("UNABLE_TO_LOCK_ROW"), Method: "DML", Path: "CaseComment").
    private void EnsureFaultless(SObjectType type)
    {
        if (org.Faults.DrawNamed("DML", type.Name) is { } code)
        {
            throw new ApiException(400, code, code switch
            {
                "UNABLE_TO_LOCK_ROW" => "unable to obtain exclusive access to this record",
                "STORAGE_LIMIT_EXCEEDED" => "storage limit exceeded",
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" =>
                    $"{type.Name}Trigger: execution of AfterInsert caused by: System.DmlException: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record",
                _ => $"scripted: {code}",
            });
        }
    }

    private Dictionary<Field, object?> Parse(SObjectType type, JsonObject values, Func<Field, bool> writeable)
    {
        var parsed = new Dictionary<Field, object?>();
        foreach (var (name, value) in values)
        {
            if (name == "attributes" || (name.Equals("Id", StringComparison.OrdinalIgnoreCase) && value is null))
            {
                continue;
            }

            var field = org.Visible(type, name) ?? throw ApiException.NoSuchColumn(name, type);
            if (!writeable(field) || org.Rules.ReadOnlyFields.Contains($"{type.Name}.{field.Name}"))
            {
                throw new ApiException(
                    400,
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    $"Unable to create/update fields: {field.Name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
                    field.Name);
            }

            parsed[field] = FieldValue.Parse(org.AsRuled(type, field), value);
            if (org.Rules.Validations.TryGetValue($"{type.Name}.{field.Name}", out var message))
            {
                throw new ApiException(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", message, field.Name);
            }
        }

        return parsed;
    }

    private static void EnsureRequired(SObjectType type, Dictionary<Field, object?> values)
    {
        var missing = type.Fields.Where(f => f.Required && values.GetValueOrDefault(f) is null).Select(f => f.Name).ToArray();
        if (missing.Length > 0)
        {
            throw new ApiException(400, "REQUIRED_FIELD_MISSING", $"Required fields are missing: [{string.Join(", ", missing)}]", missing);
        }
    }

    private void EnsureReferences(Dictionary<Field, object?> values)
    {
        foreach (var (field, value) in values.Where(v => v.Key.Kind == FieldKind.Reference && v.Value is not null))
        {
            var target = org.Find((string)value!)
                ?? throw new ApiException(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
            if (field.ReferenceTo.Count > 0 && !field.ReferenceTo.Contains(target.Type.Name, StringComparer.Ordinal))
            {
                throw new ApiException(400, "MALFORMED_ID", $"{field.Name}: id value of incorrect type: {target.Id}", field.Name);
            }

            org.Session?.Touch(target.Id);
            if (target.IsDeleted)
            {
                throw new ApiException(400, "ENTITY_IS_DELETED", "entity is deleted");
            }
        }
    }

    private void EnsureUnique(SObjectType type, Dictionary<Field, object?> values, Row? row)
    {
        foreach (var (field, value) in values.Where(v => v.Key.Unique && v.Value is not null))
        {
            var entry = $"{type.Name}.{field.Name}={value}";
            org.Session?.Touch(entry);
            if (org.FindUnique(type, field, (string)value!) is { } other && other != row)
            {
                throw Duplicate(field, other, isKnown: !org.Rules.HidesDuplicates && org.Session?.HasWaitedFor(entry) is not true);
            }
        }
    }

    // What was not committed when the insert began, or is invisible to the user, has no name.
    private static ApiException Duplicate(Field field, Row other, bool isKnown) => new(
        400,
        "DUPLICATE_VALUE",
        isKnown
            ? $"duplicate value found: {field.Name} duplicates value on record with id: {other.Id[..15]}"
            : "duplicate value found: <unknown> duplicates value on record with id: <unknown>");

    private void Assign(Row row, Dictionary<Field, object?> values)
    {
        foreach (var (field, value) in values)
        {
            org.Set(row, field.Name, value);
        }
    }

    private void ApplyAssignmentRule(Row row, WriteOptions options)
    {
        if (row.Type.Name == "Case" && options.AutoAssign && org.HasAssignmentRule)
        {
            org.Set(row, "OwnerId", org.RuleOwnerId);
        }
    }
}
