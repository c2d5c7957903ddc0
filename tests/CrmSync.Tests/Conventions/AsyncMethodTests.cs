using System.Reflection;

namespace CrmSync.Tests.Conventions;

/// <summary>Whoever waits can be told to stop waiting: asynchronous methods say so in their name and take a token.</summary>
public sealed class AsyncMethodTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Methods without a token of their own, and why.</summary>
    private static readonly Dictionary<string, string> NeedNoToken = new(StringComparer.Ordinal)
    {
        ["CrmSync.Ledger.Rows.LedgerTransaction.ExecuteAsync"] = "the transaction was given one for its whole life",
        ["CrmSync.Ledger.Rows.LedgerTransaction.ListAsync"] = "the transaction was given one for its whole life",
        ["CrmSync.Ledger.Rows.LedgerTransaction.FirstAsync"] = "the transaction was given one for its whole life",
        ["CrmSync.Ledger.Rows.LedgerTransaction.ListsAsync"] = "the transaction was given one for its whole life",
        ["CrmSync.Mail.Smtp.DotStuffing.FinishAsync"] = "flushes the last line of a stream that is cancelled by its connection",
        ["CrmSync.Mail.Smtp.SmtpSession.QuitAsync"] = "a good-bye, like DisposeAsync, with a patience of its own",
        ["CrmSync.Mail.Smtp.SmtpPool.KeepAsync"] = "gives a connection back, or says good-bye to it",
    };

    [Fact]
    public void Their_names_end_in_Async() => Methods()
        .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal))
        .Select(NameOf)
        .ShouldBeEmpty();

    [Fact]
    public void They_take_a_CancellationToken_named_cancel_last_and_without_a_default() => Methods()
        .Where(method => !TakesToken(method) && !TakesRequest(method) && !NeedNoToken.ContainsKey(NameOf(method)))
        .Select(NameOf)
        .ShouldBeEmpty();

    [Fact]
    public void Every_exception_still_exists() =>
        NeedNoToken.Keys.Except(Methods().Where(method => !TakesToken(method)).Select(NameOf), StringComparer.Ordinal).ShouldBeEmpty();

    private static bool TakesToken(MethodInfo method) =>
        method.GetParameters() is [.., { Name: "cancel", HasDefaultValue: false } last] && last.ParameterType == typeof(CancellationToken);

    /// <summary>A request brings its token along, <c>HttpContext.RequestAborted</c>; so does a transaction of the ledger.</summary>
    private static bool TakesRequest(MethodInfo method) => method.GetParameters()
        .Any(parameter => parameter.ParameterType.FullName is "Microsoft.AspNetCore.Http.HttpContext" or "CrmSync.Ledger.Rows.LedgerTransaction");

    private static IEnumerable<MethodInfo> Methods() =>
        from type in Product.Types
        where !typeof(Delegate).IsAssignableFrom(type)
        from method in type.GetMethods(Declared)
        where IsTask(method.ReturnType) && !method.IsPrivate && !method.IsSpecialName
        where !method.Name.Contains('<', StringComparison.Ordinal) && !IsShapedElsewhere(method)
        select method;

    private static bool IsTask(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type) is var shape
        && (shape == typeof(Task) || shape == typeof(Task<>) || shape == typeof(ValueTask) || shape == typeof(ValueTask<>));

    /// <summary>Overrides and implementations of somebody else's interface have the name and parameters they were given.</summary>
    private static bool IsShapedElsewhere(MethodInfo method)
    {
        var type = method.DeclaringType!;
        if (IsForeign(method.GetBaseDefinition().DeclaringType!))
        {
            return true;
        }

        return !type.IsInterface && type.GetInterfaces().Where(IsForeign).Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));
    }

    private static bool IsForeign(Type type) => !Product.Assemblies.Values.Contains(type.Assembly);

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
