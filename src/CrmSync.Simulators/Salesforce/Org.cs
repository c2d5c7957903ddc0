using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Salesforce;

/// <summary>The tables of one org. Every access happens inside <see cref="Begin"/>: one transaction at a time, as a unique index needs.</summary>
internal sealed class Org
{
    private readonly Lock _gate = new();
    private readonly Stack<Action> _undo = new();
    private readonly Dictionary<string, Dictionary<string, Row>> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Dictionary<string, Row>> _unique = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private int _depth;

    public Org(OrgOptions options, FaultPlan faults, TimeProvider clock)
    {
        Options = options;
        Faults = faults;
        Clock = clock;
        Schema = StandardObjects.All(options);
        Locks = new RowLocks(clock);
        Clear();
    }

    public OrgOptions Options { get; }

    public FaultPlan Faults { get; }

    public TimeProvider Clock { get; }

    public IReadOnlyDictionary<string, SObjectType> Schema { get; }

    public string OrganizationId { get; private set; } = string.Empty;

    public string UserId { get; private set; } = string.Empty;

    /// <summary>Who gets Cases when the assignment rule runs.</summary>
    public string RuleOwnerId { get; private set; } = string.Empty;

    /// <summary>What <see cref="Dml"/> refuses beyond the schema.</summary>
    public OrgRules Rules { get; } = new();

    public bool HasAssignmentRule => Rows(Type("AssignmentRule")).Any(rule => rule["Active"] is true);

    public int DailyCallsMax => Rules.Limits.DailyCalls ?? Options.DailyApiCallsMax;

    public int LongCallsMax => Rules.Limits.LongCalls ?? Options.LongCallsMax;

    public int LoginsPerHourMax => Rules.Limits.LoginsPerHour ?? Options.LoginsPerHourMax;

    public RowLocks Locks { get; }

    /// <summary>The request that is being carried out; set and read inside <see cref="Begin"/>.</summary>
    public LockSession? Session { get; set; }

    /// <summary>Opens a transaction, or a savepoint inside the open one. Disposed without Commit, it undoes its changes.</summary>
    public Transaction Begin()
    {
        _gate.Enter();
        _depth++;
        return new Transaction(this, _undo.Count);
    }

    public SObjectType Type(string name) => Schema.TryGetValue(name, out var type)
        ? type
        : throw ApiException.NotFound();

    /// <summary>A field by its name; null when there is none, or none for this user.</summary>
    public Field? Visible(SObjectType type, string name) => type.Find(name) is { } field && IsVisible(type, field) ? field : null;

    public IEnumerable<Field> Visible(SObjectType type) => type.Fields.Where(f => IsVisible(type, f));

    public bool IsVisible(SObjectType type, Field field) => !Rules.HiddenFields.Contains($"{type.Name}.{field.Name}");

    /// <summary>The field with what an admin has made of its picklist since.</summary>
    public Field AsRuled(SObjectType type, Field field) =>
        field.Kind is FieldKind.Picklist && Rules.Restricted.TryGetValue($"{type.Name}.{field.Name}", out var restricted) && restricted != field.Restricted
            ? field with { Restricted = restricted }
            : field;

    public Row? Find(SObjectType type, string? id) => RecordId.TryNormalize(id, out var id18) ? _tables[type.Name].GetValueOrDefault(id18) : null;

    /// <summary>The record of any type with this id.</summary>
    public Row? Find(string? id) => RecordId.TryNormalize(id, out var id18)
        && Schema.Values.FirstOrDefault(t => id18.StartsWith(t.KeyPrefix, StringComparison.Ordinal)) is { } type
            ? _tables[type.Name].GetValueOrDefault(id18)
            : null;

    public Row? FindUnique(SObjectType type, Field field, string value) =>
        _unique.GetValueOrDefault(IndexName(type, field))?.GetValueOrDefault(value) is { IsDeleted: false } row ? row : null;

    /// <summary>All records, oldest first, deleted ones included.</summary>
    public IEnumerable<Row> Rows(SObjectType type) => _tables[type.Name].Values;

    /// <param name="id">An 18-character id that no record has; null: the next one.</param>
    public Row Add(SObjectType type, string? id = null)
    {
        var number = _numbers[type.Name] = _numbers.GetValueOrDefault(type.Name) + 1;
        var row = new Row(type, id ?? RecordId.Create(type.KeyPrefix, number));
        var now = Clock.GetUtcNow();
        row["CreatedDate"] = row["LastModifiedDate"] = row["SystemModstamp"] = now;
        row["CreatedById"] = UserId;
        foreach (var field in type.Fields.Where(f => f.Default is not null))
        {
            row[field.Name] = field.Default;
        }

        foreach (var field in type.Fields.Where(f => f.Kind == FieldKind.AutoNumber))
        {
            row[field.Name] = type.Name == "Case" ? $"{1000 + number:00000000}" : $"D-{number:000000}";
        }

        var table = _tables[type.Name];
        table.Add(row.Id, row);
        _undo.Push(() => table.Remove(row.Id));
        return row;
    }

    public void Set(Row row, string field, object? value)
    {
        var before = row[field];
        var known = row.Type.Find(field);
        row[field] = value;
        _undo.Push(() => row[field] = before);
        if (known is { Unique: true })
        {
            Reindex(row, known, before as string, value as string);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _undo.Clear();
            _unique.Clear();
            _numbers.Clear();
            foreach (var type in Schema.Keys)
            {
                _tables[type] = new Dictionary<string, Row>(StringComparer.Ordinal);
            }

            Rules.Clear();
            Locks.Clear();
            Seed();
        }
    }

    private void Seed()
    {
        var organization = Add(Type("Organization"));
        OrganizationId = organization.Id;
        organization["Name"] = "CrmSync simulator";
        organization["IsSandbox"] = true;
        organization["InstanceName"] = "SIM1";
        organization["OrganizationType"] = "Developer Edition";
        UserId = AddUser(Options.Username, "CrmSync Integration");
        RuleOwnerId = AddUser("queue@org.example", "Assignment Rule");
        var rule = Add(Type("AssignmentRule"));
        rule["Name"] = "Standard";
        rule["SobjectType"] = "Case";
        rule["Active"] = Options.AssignmentRule;
    }

    private string AddUser(string username, string name)
    {
        var user = Add(Type("User"));
        user["Username"] = username;
        user["Name"] = name;
        return user.Id;
    }

    private void Reindex(Row row, Field field, string? before, string? after)
    {
        if (!_unique.TryGetValue(IndexName(row.Type, field), out var index))
        {
            index = _unique[IndexName(row.Type, field)] = new Dictionary<string, Row>(StringComparer.OrdinalIgnoreCase);
        }

        if (before is not null)
        {
            index.Remove(before);
            _undo.Push(() => index[before] = row);
        }

        if (after is not null)
        {
            index[after] = row;
            _undo.Push(() => index.Remove(after));
        }
    }

    private static string IndexName(SObjectType type, Field field) => $"{type.Name}.{field.Name}";

    /// <summary>See <see cref="Begin"/>. Not to be held across an await: the gate belongs to the thread.</summary>
    internal sealed class Transaction(Org org, int mark) : IDisposable
    {
        private bool _committed;

        public void Commit() => _committed = true;

        public void Dispose()
        {
            while (!_committed && org._undo.Count > mark)
            {
                org._undo.Pop()();
            }

            if (--org._depth == 0)
            {
                org._undo.Clear();
            }

            org._gate.Exit();
        }
    }
}
