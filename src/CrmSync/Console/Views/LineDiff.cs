using System.Text;

namespace CrmSync.Console.Views;

/// <summary>The difference of two texts as <c>patch</c> takes it.</summary>
public static class LineDiff
{
    private const int Around = 3;

    /// <summary>Templates are short; two long texts are told apart as a whole.</summary>
    private const int LinesMax = 3_000;

    /// <summary>Empty when the texts are alike.</summary>
    public static string Unified(string file, string before, string after)
    {
        string[] was = before.Split('\n'), now = after.Split('\n');
        var edits = was.Length > LinesMax || now.Length > LinesMax ? Replace(was, now) : Edits(was, now);
        var text = new StringBuilder();
        foreach (var (from, to) in Hunks(edits))
        {
            Write(text, edits, from, to);
        }

        return text.Length == 0 ? string.Empty : $"--- a/{file}\n+++ b/{file}\n{text}";
    }

    private static void Write(StringBuilder text, List<Edit> edits, int from, int to)
    {
        var hunk = edits[from..to];
        var (oldStart, newStart) = (edits[..from].Count(e => e.Sign != '+') + 1, edits[..from].Count(e => e.Sign != '-') + 1);
        text.Append(FormattableString.Invariant($"@@ -{oldStart},{hunk.Count(e => e.Sign != '+')} +{newStart},{hunk.Count(e => e.Sign != '-')} @@\n"));
        foreach (var edit in hunk)
        {
            text.Append(edit.Sign).Append(edit.Line).Append('\n');
        }
    }

    // Stretches of changes with some lines around them; close ones are one.
    private static IEnumerable<(int From, int To)> Hunks(List<Edit> edits)
    {
        var (from, to) = (-1, -1);
        foreach (var i in Enumerable.Range(0, edits.Count).Where(i => edits[i].Sign != ' '))
        {
            if (from >= 0 && i - Around > to)
            {
                yield return (from, to);
                from = -1;
            }

            from = from < 0 ? Math.Max(0, i - Around) : from;
            to = Math.Min(edits.Count, i + 1 + Around);
        }

        if (from >= 0)
        {
            yield return (from, to);
        }
    }

    // Longest common subsequence, from the end, so that the edits come out in order.
    private static List<Edit> Edits(string[] was, string[] now)
    {
        var common = new int[was.Length + 1, now.Length + 1];
        for (var i = was.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = was[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var edits = new List<Edit>();
        var (a, b) = (0, 0);
        while (a < was.Length || b < now.Length)
        {
            if (a < was.Length && b < now.Length && was[a] == now[b])
            {
                edits.Add(new Edit(' ', was[a++]));
                b++;
            }
            else if (b == now.Length || (a < was.Length && common[a + 1, b] >= common[a, b + 1]))
            {
                edits.Add(new Edit('-', was[a++]));
            }
            else
            {
                edits.Add(new Edit('+', now[b++]));
            }
        }

        return edits;
    }

    private static List<Edit> Replace(string[] was, string[] now) =>
        [.. was.Select(line => new Edit('-', line)), .. now.Select(line => new Edit('+', line))];

    private sealed record Edit(char Sign, string Line);
}
