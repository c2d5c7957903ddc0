using System.Globalization;
using System.Text;

namespace CrmSync.Scripting.Builtins;

/// <summary>Text as it stands between the quotes of a literal.</summary>
internal static class Escapes
{
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 8);

        foreach (var c in text)
        {
            switch (c)
            {
                case '"': result.Append("\\\""); break;
                case '\\': result.Append("\\\\"); break;
                case '\n': result.Append("\\n"); break;
                case '\r': result.Append("\\r"); break;
                case '\t': result.Append("\\t"); break;
                case '\b': result.Append("\\b"); break;
                case '\f': result.Append("\\f"); break;
                case < ' ': result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: result.Append(c); break;
            }
        }

        return result.ToString();
    }
}
