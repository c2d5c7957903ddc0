using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Compilation;

internal sealed partial class Compiler
{
    private Exec Declaration(FunctionDeclarationSyntax syntax)
    {
        var (target, function) = (Target(syntax.Target), Function(syntax.Function));

        return run =>
        {
            target.Set(run, function(run));
            return Flow.Next;
        };
    }

    private Eval Function(FunctionSyntax syntax)
    {
        var parameters = syntax.Parameters?.Select(p => new Parameter(p.Name, Optional(p.Default), p.IsRest)).ToArray();
        var body = syntax.Value is null ? Block(syntax.Body) : InlineBody(syntax.Value);
        var function = new ScriptedFunction(syntax.Name, parameters, body);

        return _ => function;
    }

    private Exec InlineBody(ExpressionSyntax syntax)
    {
        var value = Value(syntax);

        return run =>
        {
            run.ReturnValue = value(run);
            return Flow.Return;
        };
    }

    private Exec Wrap(WrapSyntax syntax)
    {
        var (site, body) = (At(syntax), Block(syntax.Body));
        var call = syntax.Call as CallSyntax;
        var target = call?.Target ?? syntax.Call;
        var function = Callee(target);
        var arguments = call?.Arguments.Select(Value).ToArray() ?? [];
        var named = call?.Named.Select(n => (n.Name, Value(n.Value))).ToArray() ?? [];

        return run =>
        {
            var callee = Require(run, function(run), target, site);
            var values = new object?[arguments.Length];
            Evaluate(run, arguments, values);
            var namedValues = named.Length == 0 ? null : Evaluate(run, named);

            // Only now, so that functions called for the arguments do not take the block.
            run.PendingBlock = new WrappedBlock(body, run.Frame);
            var value = callee.Invoke(run, site, values, namedValues);
            run.PendingBlock = null;
            run.Write(value, "", site);
            return Flow.Next;
        };
    }

    private Exec WrappedBlock(WrappedBlockSyntax syntax)
    {
        var site = At(syntax);

        return run =>
        {
            if (run.Frame.Block is not { } block)
                return Flow.Next;

            run.Enter(site);
            var frame = run.Frame;
            run.Frame = Frame.OfBlock(frame, block.Home);
            var flow = block.Body(run);
            run.Frame = frame;
            run.Leave();
            return flow;
        };
    }
}
