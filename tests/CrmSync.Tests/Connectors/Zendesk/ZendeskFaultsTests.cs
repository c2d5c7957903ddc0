using System.Net;
using CrmSync.Connectors.Zendesk;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>Zendesk's answers, row by row.</summary>
public sealed class ZendeskFaultsTests
{
    [Theory]
    [InlineData(302, null, nameof(Outcome.Halted), "UNEXPECTED_RESPONSE")]
    [InlineData(400, "Invalid attribute", nameof(Outcome.Refused), "CRM_REFUSED")]
    [InlineData(400, "IdempotentRequestError", nameof(Outcome.InDoubt), "NO_ANSWER")]
    [InlineData(401, null, nameof(Outcome.Halted), "AUTH_FAILED")]
    [InlineData(403, "Forbidden", nameof(Outcome.Halted), "PERMISSION_MISSING")]
    [InlineData(404, "RecordNotFound", nameof(Outcome.Refused), "TICKET_NOT_FOUND")]
    [InlineData(404, "InvalidEndpoint", nameof(Outcome.Halted), "UNEXPECTED_RESPONSE")]
    [InlineData(408, null, nameof(Outcome.InDoubt), "CRM_UNAVAILABLE")]
    [InlineData(409, "DatabaseConflict", nameof(Outcome.Deferred), "RECORD_BUSY")]
    [InlineData(409, "UpdateConflict", nameof(Outcome.Deferred), "RECORD_BUSY")]
    [InlineData(409, "ConflictError", nameof(Outcome.Deferred), "RECORD_BUSY")]
    [InlineData(413, null, nameof(Outcome.Refused), "TOO_LARGE_FOR_CRM")]
    [InlineData(422, "RecordInvalid", nameof(Outcome.Refused), "CRM_REFUSED")]
    [InlineData(423, null, nameof(Outcome.Deferred), "RECORD_BUSY")]
    [InlineData(429, null, nameof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(422, "TooManyJobs", nameof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(500, null, nameof(Outcome.InDoubt), "CRM_UNAVAILABLE")]
    [InlineData(502, null, nameof(Outcome.InDoubt), "CRM_UNAVAILABLE")]
    [InlineData(503, null, nameof(Outcome.InDoubt), "CRM_UNAVAILABLE")]
    [InlineData(504, null, nameof(Outcome.InDoubt), "CRM_UNAVAILABLE")]
    public void An_answer_has_one_meaning_for_a_write(int status, string? code, string outcome, string reason)
    {
        var meaning = ZendeskFaults.ToOutcome(Answer(status, code));

        meaning.GetType().Name.ShouldBe(outcome);
        ReasonOf(meaning).ShouldBe(reason);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(503)]
    public void A_read_is_never_in_doubt(int status)
    {
        var deferred = ZendeskFaults.Harmless(Answer(status, code: null)).ShouldBeOfType<Outcome.Deferred>();

        deferred.SpendsAttempt.ShouldBeFalse();
    }

    [Theory]
    [InlineData("UpdateConflict", nameof(Outcome.Deferred), "RECORD_BUSY")]
    [InlineData("DatabaseConflict", nameof(Outcome.Deferred), "RECORD_BUSY")]
    [InlineData("TicketNotFound", nameof(Outcome.Refused), "TICKET_NOT_FOUND")]
    [InlineData("PermissionDenied", nameof(Outcome.Refused), "PERMISSION_MISSING")]
    [InlineData("RecordInvalid", nameof(Outcome.Refused), "CRM_REFUSED")]
    [InlineData("SomethingNew", nameof(Outcome.Refused), "CRM_REFUSED")]
    public void A_ticket_that_failed_in_a_job_means_what_it_means_alone(string error, string outcome, string reason)
    {
        var meaning = ZendeskFaults.ToOutcome(new JobResult(101, false, "Failed", error, Details: null));

        meaning.GetType().Name.ShouldBe(outcome);
        ReasonOf(meaning).ShouldBe(reason);
    }

    [Fact]
    public void A_redaction_under_way_asks_for_fifteen_seconds()
    {
        ZendeskFaults.ToOutcome(Answer(409, "ConflictError")).ShouldBeOfType<Outcome.Deferred>().NotBefore.ShouldBe(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void Zendesk_s_words_are_passed_on_without_addresses_and_numbers()
    {
        var text = ZendeskErrorText.Clean(["Requester: ana@example.com is suspended", "Phone +1 (415) 555-0100 is taken", "Requester: ana@example.com is suspended"]);

        text.ShouldBe("Requester: [address] is suspended; Phone [number] is taken");
    }

    private static ZendeskTrouble Answer(int status, string? code) =>
        new(ZendeskTroubleKind.Answered) { Status = (HttpStatusCode)status, Code = code, FromZendesk = code is not null };

    private static string ReasonOf(Outcome outcome) => outcome switch
    {
        Outcome.Halted(var fault, _) => fault.Reason.Code,
        Outcome.Refused(var fault) => fault.Reason.Code,
        Outcome.Deferred(var fault, _, _) => fault.Reason.Code,
        Outcome.InDoubt(var fault) => fault.Reason.Code,
        _ => outcome.GetType().Name,
    };
}
