namespace CrmSync.Mail.Mime;

/// <summary>RFC 5322 msg-id, without the obsolete forms.</summary>
internal static class MessageId
{
    private const int LengthMax = 250;

    /// <exception cref="ArgumentException">Not of the form <c>&lt;left@right&gt;</c>.</exception>
    public static string Checked(string id) =>
        IsValid(id) ? id : throw new ArgumentException("A message id has the form <left@right>, in ASCII, without spaces.", nameof(id));

    private static bool IsValid(string id) =>
        id.Length is > 4 and <= LengthMax
        && id[0] == '<' && id[^1] == '>'
        && id.Count('@'.Equals) == 1 && id[1] != '@' && id[^2] != '@'
        && id[1..^1].All(c => c is > ' ' and < '\x7f' and not ('<' or '>'));
}
