using System.Runtime.InteropServices;

namespace CrmSync.Scripting.Syntax;

/// <summary>A piece of template text: offsets in UTF-16 units, line and column of its start counted from 1.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SourceSpan(int Start, int End, int Line, int Column);
