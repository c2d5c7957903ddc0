using System.Globalization;

namespace CrmSync.Core.Sessions;

/// <summary>Which of the platform's two number sequences a session's id belongs to.</summary>
public enum SessionKind
{
    Call,
    Chat,
}

/// <summary>Names one session. The platform numbers calls and chats apart, and every instance of it starts at 1.</summary>
/// <param name="Instance">The contact-centre instance, as the source's settings name it: letters, digits and hyphens.</param>
/// <param name="Id">Root key <c>id</c>: a positive integer, unique within its kind.</param>
public sealed record SessionKey(string Instance, SessionKind Kind, long Id)
{
    /// <summary><c>call-48211</c>: the platform's own way to write it, without the instance.</summary>
    public string Local => string.Create(CultureInfo.InvariantCulture, $"{Word(Kind)}-{Id}");

    /// <summary><c>aldergrove/call-48211</c>: the form in logs, in the ledger and on the command line.</summary>
    public override string ToString() => $"{Instance}/{Local}";

    /// <summary>The platform's word for the kind: <c>call</c> or <c>chat</c>.</summary>
    public static string Word(SessionKind kind) => kind is SessionKind.Call ? "call" : "chat";

    /// <summary>Reads what <see cref="ToString"/> wrote; null when <paramref name="text"/> is not of that form.</summary>
    public static SessionKey? TryParse(string text)
    {
        var slash = text.LastIndexOf('/');
        var hyphen = text.IndexOf('-', slash + 1);
        if (slash <= 0
            || hyphen < 0
            || !long.TryParse(text[(hyphen + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || id <= 0)
        {
            return null;
        }

        return text[(slash + 1)..hyphen] switch
        {
            "call" => new SessionKey(text[..slash], SessionKind.Call, id),
            "chat" => new SessionKey(text[..slash], SessionKind.Chat, id),
            _ => null,
        };
    }
}
