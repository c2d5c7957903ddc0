using System.Collections.Frozen;
using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Builtins;

/// <summary>All names a template finds without a model.</summary>
internal static class BuiltinTable
{
    public static FrozenDictionary<string, object> Roots { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["array"] = ArrayBuiltins.Group,
        ["date"] = DateBuiltins.Group,
        ["html"] = HtmlBuiltins.Group,
        ["math"] = MathBuiltins.Group,
        ["object"] = ObjectBuiltins.Group,
        ["regex"] = RegexBuiltins.Group,
        ["string"] = StringBuiltins.Group,
        ["timespan"] = TimeSpanBuiltins.Group,
        ["include"] = IncludeBuiltins.Include,
        ["include_join"] = IncludeBuiltins.IncludeJoin,
        ["raw"] = HtmlBuiltins.Raw,
        ["empty"] = EmptyValue.Instance,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The function that <c>group.name</c> means, if it does.</summary>
    public static TemplateFunction? Find(MemberSyntax member) =>
        member.Target is VariableSyntax group
        && Roots.GetValueOrDefault(group.Name) is BuiltinGroup builtins
        && builtins.TryGet(member.Name, out var function)
            ? function as TemplateFunction
            : null;
}
