using System.Text;
using System.Text.RegularExpressions;

namespace CrmSync.Core.Sessions;

/// <summary>What came up while a file was read: notes always, and which keys were looked for when a report asks for it.</summary>
internal sealed partial class ReadTrace(bool withKeys = false)
{
    /// <summary>A file of nothing but wrong values is one mistake, not a thousand.</summary>
    private const int NotesMax = 100;

    private readonly List<FieldNote> notes = [];
    private readonly HashSet<string> sought = new(StringComparer.Ordinal);
    private readonly HashSet<string> found = new(StringComparer.Ordinal);

    public IReadOnlyList<FieldNote> Notes => notes;

    /// <summary>Keys the reader knows, as in <c>participants[].email</c>.</summary>
    public IReadOnlySet<string> SoughtKeys => sought;

    /// <summary>Keys the reader knows and that hold a value.</summary>
    public IReadOnlySet<string> FoundKeys => found;

    public void Note(string path, string problem)
    {
        if (notes.Count < NotesMax)
        {
            notes.Add(new FieldNote(path, problem));
        }
    }

    public void Sought(string path, ReadOnlySpan<byte> key)
    {
        if (withKeys)
        {
            sought.Add(KeyOf(path, key));
        }
    }

    public void Found(string path, ReadOnlySpan<byte> key)
    {
        if (withKeys)
        {
            found.Add(KeyOf(path, key));
        }
    }

    private static string KeyOf(string path, ReadOnlySpan<byte> key)
    {
        var name = Encoding.UTF8.GetString(key);
        return path.Length == 0 ? name : $"{Index().Replace(path, "[]")}.{name}";
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();
}
