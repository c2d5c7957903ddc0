namespace CrmSync.Console.Access;

/// <summary>In rising order: each may do what the ones before it may.</summary>
internal enum ConsoleRole
{
    Viewer,
    Operator,
    Admin,
}
