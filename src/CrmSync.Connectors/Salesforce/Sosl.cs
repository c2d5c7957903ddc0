using System.Text;

namespace CrmSync.Connectors.Salesforce;

/// <summary>The only place that puts values into SOSL. Reserved characters of "Example Text Searches", SOQL and SOSL Reference.</summary>
internal static class Sosl
{
    private const string Reserved = "&|!(){}[]^\"~*?:\\'+-";

    /// <summary>E.g. <c>{5550100 OR 5550199}</c>, for <c>FIND</c>. Words, not phrases: white space inside a value separates them.</summary>
    public static string AnyOf(IEnumerable<string> values) => $"{{{string.Join(" OR ", values.Select(Escaped))}}}";

    private static string Escaped(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value.Where(c => !char.IsControl(c)))
        {
            _ = Reserved.Contains(c, StringComparison.Ordinal) ? escaped.Append('\\').Append(c) : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
