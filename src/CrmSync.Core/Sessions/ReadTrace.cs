using System.Text;
using System.Text.RegularExpressions;

namespace CrmSync.Core.Sessions;

/// <summary>What came up while a file was read: notes always, and which keys were looked for when a report asks for it.</summary>
internal sealed partial class ReadTrace(bool withKeys = false)
{
    /// <summary>A file of nothing but wrong values is one mistake, not a thousand.</summary>
    private const int NotesMax = 100;

    private readonly List<FieldNote> _notes = [];
    private readonly HashSet<string> _sought = new(StringComparer.Ordinal);
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    public IReadOnlyList<FieldNote> Notes => _notes;

    /// <summary>Keys the reader knows, as in <c>participants[].email</c>.</summary>
    public IReadOnlySet<string> SoughtKeys => _sought;

    /// <summary>Keys the reader knows and that hold a value.</summary>
    public IReadOnlySet<string> FoundKeys => _found;

    public void Note(string path, string problem)
    {
        if (_notes.Count < NotesMax)
        {
            _notes.Add(new FieldNote(path, problem));
        }
    }

    public void Sought(string path, ReadOnlySpan<byte> key)
    {
        if (withKeys)
        {
            _sought.Add(KeyOf(path, key));
        }
    }

    public void Found(string path, ReadOnlySpan<byte> key)
    {
        if (withKeys)
        {
            _found.Add(KeyOf(path, key));
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
