namespace CrmSync.Core;

/// <summary>Why a file or a delivery is where it is. Stable: shown in logs, in the ledger, on the command line and in the docs.</summary>
/// <param name="Code">Upper case with underscores, e.g. <c>TICKET_NOT_FOUND</c>.</param>
/// <param name="Meaning">One sentence for an admin.</param>
/// <param name="WhatToDo">One sentence: the fix, or that nothing has to be done.</param>
/// <remarks>The list is in <see cref="ReasonCodes"/>; docs/reason-codes.md is checked against it by a test.</remarks>
public sealed record ReasonCode(string Code, string Meaning, string WhatToDo)
{
    public override string ToString() => Code;
}
