using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Compilation;

internal sealed partial class Compiler
{
    private Exec For(ForSyntax syntax)
    {
        var site = At(syntax);
        var list = Value(syntax.List);
        var slice = new LoopSlice(At(syntax.List), Optional(syntax.Offset), Optional(syntax.Limit), syntax.IsReversed);
        var (body, otherwise) = (Block(syntax.Body), syntax.Otherwise is null ? Nothing : Block(syntax.Otherwise));
        var (name, isLocal) = (syntax.Variable.Name, syntax.Variable.IsLocal);
        var table = syntax.IsTableRow ? new TableRows(Optional(syntax.Columns), site) : null;

        return run =>
        {
            run.Step(site);
            var items = LoopSlice.Items(run, list(run), slice.Site);
            var (start, count) = slice.Bounds(run, items.Count);

            if (count == 0)
                return otherwise(run);

            var outer = run.ForLoop;
            var loop = run.ForLoop = new LoopState(count);
            var depth = run.Scopes.Depth;
            var columns = table?.Columns(run) ?? 0;
            var flow = Flow.Next;

            if (!isLocal)
                run.Scopes.PushVariable(name);

            object? previous = null;

            for (var i = 0; i < count && flow is Flow.Next or Flow.Continue; i++)
            {
                run.ChargeIteration(site);
                var item = items[slice.IsReversed ? start + count - 1 - i : start + i];

                loop.Index = i;
                loop.Changed = i == 0 || !Operators.AreEqual(run, item, previous, site);
                previous = item;

                if (isLocal)
                    run.Frame.Set(name, item);
                else
                    run.Scopes.SetVariable(depth, item);

                table?.Open(run, i, columns);
                flow = body(run);
                table?.Close(run, i, count, columns, isOver: flow is Flow.Break or Flow.Return);
            }

            if (isLocal)
                run.Frame.Remove(name);
            else
                run.Scopes.Pop();

            run.ForLoop = outer;
            return flow == Flow.Return ? flow : Flow.Next;
        };
    }

    private Exec While(WhileSyntax syntax)
    {
        var (site, condition, body) = (At(syntax), Value(syntax.Condition), Block(syntax.Body));

        return run =>
        {
            var outer = run.WhileLoop;
            var loop = run.WhileLoop = new LoopState(length: -1);
            var flow = Flow.Next;

            while (flow is Flow.Next or Flow.Continue && Values.Truth(condition(run)))
            {
                run.ChargeIteration(site);
                flow = body(run);
                loop.Index++;
            }

            run.WhileLoop = outer;
            return flow == Flow.Return ? flow : Flow.Next;
        };
    }

    private Eval LoopVariable(LoopVariableSyntax syntax)
    {
        var (site, isFor, variable) = (At(syntax), syntax.IsFor, syntax.Variable);

        return run =>
        {
            var loop = (isFor ? run.ForLoop : run.WhileLoop)
                ?? throw new TemplateFault(site, $"There is no {(isFor ? "for" : "while")} loop around this.");

            return variable switch
            {
                Syntax.LoopVariable.Index => Numbers.Box(loop.Index),
                Syntax.LoopVariable.Rindex => Numbers.Box(loop.Length - 1 - loop.Index),
                Syntax.LoopVariable.First => Values.Box(loop.Index == 0),
                Syntax.LoopVariable.Last => Values.Box(loop.Index == loop.Length - 1),
                Syntax.LoopVariable.Even => Values.Box(loop.Index % 2 == 0),
                Syntax.LoopVariable.Odd => Values.Box(loop.Index % 2 == 1),
                Syntax.LoopVariable.Changed => Values.Box(loop.Changed),
                _ => Numbers.Box(loop.Length),
            };
        };
    }

    private Eval? Optional(ExpressionSyntax? expression) => expression is null ? null : Value(expression);

    /// <summary>The part of a list that a loop walks.</summary>
    private sealed record LoopSlice(Site Site, Eval? Offset, Eval? Limit, bool IsReversed)
    {
        public static IReadOnlyList<object?> Items(Run run, object? value, Site site)
        {
            if (value is null or EmptyValue)
                return [];

            if (Values.AsList(value) is { } list)
                return list;

            if (value is string or SafeText)
                return [.. value.ToString()!.Select(c => (object)c.ToString())];

            if (Members.Names(value, run.Models) is { } names)
                return [.. names.Select(name => Pair(run, value, name))];

            throw new TemplateFault(site, $"{run.Describe(value)} cannot be walked by a loop.", "A loop walks a list, a range or an object.");
        }

        public (int Start, int Count) Bounds(Run run, int length)
        {
            var start = Math.Clamp(Number(run, Offset, 0), 0, length);
            return (start, Math.Clamp(Number(run, Limit, length), 0, length - start));
        }

        private int Number(Run run, Eval? eval, int otherwise)
        {
            if (eval is null)
                return otherwise;

            return Numbers.TryToLong(eval(run), run.Culture, out var number)
                ? (int)Math.Clamp(number, 0, int.MaxValue)
                : throw new TemplateFault(Site, "The offset and the limit of a loop must be whole numbers.");
        }

        /// <summary>Walking an object yields its members as <c>key</c> and <c>value</c>.</summary>
        private static ScriptObject Pair(Run run, object target, string name)
        {
            var pair = new ScriptObject();
            run.TryMember(target, name, out var value);
            pair.Set("key", name);
            pair.Set("value", value);
            return pair;
        }
    }

    /// <summary>The markup that <c>tablerow</c> writes around each item.</summary>
    private sealed record TableRows(Eval? ColumnCount, Site Site)
    {
        public int Columns(Run run)
        {
            if (ColumnCount is null)
                return 1;

            return Numbers.TryToLong(ColumnCount(run), run.Culture, out var columns) && columns > 0
                ? (int)Math.Min(columns, int.MaxValue)
                : throw new TemplateFault(Site, "`cols` must be a whole number above zero.");
        }

        public void Open(Run run, int index, int columns)
        {
            if (index % columns == 0)
                run.WriteRaw(FormattableString.Invariant($"<tr class=\"row{(index / columns) + 1}\">"), Site);

            run.WriteRaw(FormattableString.Invariant($"<td class=\"col{(index % columns) + 1}\">"), Site);
        }

        public void Close(Run run, int index, int count, int columns, bool isOver)
        {
            run.WriteRaw("</td>", Site);

            if (isOver || index == count - 1 || index % columns == columns - 1)
                run.WriteRaw("</tr>\n", Site);
        }
    }
}
