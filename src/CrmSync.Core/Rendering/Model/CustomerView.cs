namespace CrmSync.Core.Rendering.Model;

/// <summary>The customer, as far as the file knows and redaction lets through.</summary>
public sealed record CustomerView(string? Identifier, string? Phone, string? ContactId, bool? Verified)
{
    internal static CustomerView Of(NoteScope scope)
    {
        var session = scope.Session;
        var phone = session.Participants.Where(party => party.IsEndUser).Select(party => party.PhoneNumber).FirstOrDefault(number => number is not null);
        return new CustomerView(
            scope.Text.Line("identifier", session.EndUser?.Identifier),
            scope.Text.Line("phone_number", phone),
            scope.Text.Line("out_contact_id", session.EndUser?.OutContactId),
            session.Verified);
    }
}

/// <summary>What the customer answered when asked. The scale is the contact centre's: it is not shown.</summary>
public sealed record CsatView(decimal? Rating, string? Comment)
{
    // Dividing by one with all its zeros takes the zeros off: 4.0 is 4.
    private const decimal One = 1.000000000000000000000000000000000m;

    internal static CsatView? Of(NoteScope scope)
    {
        var rating = Normal(scope.Session.Rating);
        var comment = scope.Text.Block("feedback", scope.Session.Feedback);
        return rating is null && comment is null ? null : new CsatView(rating, comment);
    }

    internal static decimal? Normal(decimal? rating) => rating is { } given ? given / One : null;
}
