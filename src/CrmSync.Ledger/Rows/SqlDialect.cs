namespace CrmSync.Ledger.Rows;

/// <summary>The few words in which the stores' reading differs.</summary>
/// <param name="SessionsByTime">Sessions <c>s</c>, to be walked along by their end.</param>
/// <param name="ThenJoin">A join that is carried out after what stands before it; SQLite has to be told.</param>
internal sealed record SqlDialect(string SessionsByTime, string ThenJoin)
{
    public static SqlDialect Sqlite { get; } = new("session s indexed by session_happened", "cross join");

    public static SqlDialect Postgres { get; } = new("session s", "join");

    /// <summary>The texts in a parameter that holds a JSON array, for <c>in</c>.</summary>
    public string Texts(string parameter) => this == Postgres ? $"(select jsonb_array_elements_text({parameter}::jsonb))" : $"(select value from json_each({parameter}))";

    /// <summary>The whole numbers in a parameter that holds a JSON array, for <c>in</c>.</summary>
    public string Numbers(string parameter) =>
        this == Postgres ? $"(select jsonb_array_elements_text({parameter}::jsonb)::bigint)" : $"(select value from json_each({parameter}))";
}
