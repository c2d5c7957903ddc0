namespace CrmSync.Core.Sessions;

/// <summary>A field that is there but could not be taken as it is. It reads as absent, and the session still goes out.</summary>
/// <param name="Path">Where, as in <c>participants[2].connected_at</c>.</param>
/// <param name="Problem">What is wrong with it, without the value: it may be personal data.</param>
public sealed record FieldNote(string Path, string Problem);
