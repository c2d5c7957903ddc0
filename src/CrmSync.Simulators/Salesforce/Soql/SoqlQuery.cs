namespace CrmSync.Simulators.Salesforce.Soql;

/// <summary>One parsed query.</summary>
internal sealed record SoqlQuery(IReadOnlyList<string> Fields, string From)
{
    /// <summary><c>SELECT COUNT()</c>: only totalSize is answered.</summary>
    public bool IsCount => Fields is ["COUNT()"];

    public Condition? Where { get; init; }

    public IReadOnlyList<Ordering> OrderBy { get; init; } = [];

    public int? Limit { get; init; }

    public int Offset { get; init; }
}

internal sealed record Ordering(string Field, bool Descending);

internal abstract record Condition
{
    private Condition()
    {
    }

    /// <param name="Operator">One of = != &lt; &lt;= &gt; &gt;= LIKE IN NOT IN.</param>
    public sealed record Compare(string Field, string Operator, IReadOnlyList<Token> Values) : Condition;

    public sealed record And(Condition Left, Condition Right) : Condition;

    public sealed record Or(Condition Left, Condition Right) : Condition;

    public sealed record Not(Condition Inner) : Condition;
}
