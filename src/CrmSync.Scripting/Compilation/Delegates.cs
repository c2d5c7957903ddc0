using CrmSync.Scripting.Runtime;

namespace CrmSync.Scripting.Compilation;

/// <summary>A compiled expression.</summary>
internal delegate object? Eval(Run run);

/// <summary>A compiled statement.</summary>
internal delegate Flow Exec(Run run);

/// <summary>Where to go after a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
    Return,
}
