using System.Globalization;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Rows;

/// <summary>What somebody typed to find a session: a full key, a platform number with or without its kind, or a ticket.</summary>
/// <param name="Number">Null when the text can only be a ticket.</param>
internal sealed record SearchText(string? Instance, string? Kind, long? Number, string Ticket)
{
    public static SearchText Read(string text)
    {
        var typed = text.Trim();
        if (SessionKey.TryParse(typed) is { } key)
        {
            return new SearchText(key.Instance, SessionKey.Word(key.Kind), key.Id, typed);
        }

        // Any instance will do to read the short form.
        if (SessionKey.TryParse($"any/{typed}") is { } local)
        {
            return new SearchText(null, SessionKey.Word(local.Kind), local.Id, typed);
        }

        var isNumber = long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return new SearchText(null, null, isNumber ? number : null, typed);
    }
}
