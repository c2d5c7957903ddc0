using System.Globalization;
using System.Text;

namespace CrmSync.Connectors.Salesforce;

/// <summary>The only place that puts values into SOQL. Escapes of "Quoted String Escape Sequences", SOQL and SOSL Reference.</summary>
internal static class Soql
{
    /// <summary>E.g. <c>'it\'s'</c>.</summary>
    public static string Literal(string value)
    {
        var literal = new StringBuilder(value.Length + 2).Append('\'');
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' or '\'' or '"' => literal.Append('\\').Append(c),
                '\n' => literal.Append("\\n"),
                '\r' => literal.Append("\\r"),
                '\t' => literal.Append("\\t"),
                _ when char.IsControl(c) => literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => literal.Append(c),
            };
        }

        return literal.Append('\'').ToString();
    }

    /// <summary>E.g. <c>('a', 'b')</c>, for <c>IN</c>.</summary>
    public static string List(IEnumerable<string> values) => $"({string.Join(", ", values.Select(Literal))})";
}
