namespace CrmSync.Scripting;

/// <summary>What templates can read: the tree of members that checks compare with and documentation lists.</summary>
public sealed record ModelSchema(SchemaType Root);

/// <param name="Example">An example of a value, if one was given.</param>
public sealed record SchemaMember(string Name, SchemaType Type, string Description, string? Example);

/// <summary>The type of a member.</summary>
public abstract record SchemaType
{
    private SchemaType()
    {
    }

    /// <summary>As documentation names it: <c>text</c>, <c>list of NoteAgent</c>.</summary>
    public abstract string Name { get; }

    internal static SchemaType OfScalar(Type type)
    {
        if (type == typeof(string) || type == typeof(char) || type == typeof(Guid) || type == typeof(Uri) || type.IsEnum)
            return new Scalar("text");

        if (type == typeof(bool))
            return new Scalar("true or false");

        if (type == typeof(TimeSpan) || type == typeof(TimeOnly))
            return new Scalar("time span");

        if (type == typeof(DateTimeOffset) || type == typeof(DateTime) || type == typeof(DateOnly))
            return new Scalar("date");

        return type.IsPrimitive || type == typeof(decimal) ? new Scalar("number") : new Any();
    }

    /// <summary>Text, a number, a date, a time span, or true and false.</summary>
    public sealed record Scalar(string Kind) : SchemaType
    {
        public override string Name => Kind;
    }

    /// <summary>Known members. They are described on demand, because types may contain themselves.</summary>
    public sealed record Composite(string TypeName, Func<IReadOnlyList<SchemaMember>> Describe) : SchemaType
    {
        private readonly Lazy<IReadOnlyList<SchemaMember>> _members = new(Describe);

        public IReadOnlyList<SchemaMember> Members => _members.Value;

        public override string Name => TypeName;

        public SchemaMember? Find(string name) => Members.FirstOrDefault(m => m.Name == name);
    }

    public sealed record List(SchemaType Element) : SchemaType
    {
        public override string Name => $"list of {Element.Name}";
    }

    /// <summary>Anything: JSON, dictionaries, values a template computes.</summary>
    public sealed record Any : SchemaType
    {
        public override string Name => "anything";
    }
}
