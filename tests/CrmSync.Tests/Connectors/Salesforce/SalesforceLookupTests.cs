using System.Text;
using CrmSync.Connectors.Salesforce;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using FsCheck;
using FsCheck.Fluent;
using Outcome = CrmSync.Core.Deliveries.Outcome;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceLookupTests : SalesforceConnectorTest
{
    private const string Email = "ana.o'neil@example.com";
    private const string Phone = "+1 (415) 555-0100";

    private int _id = 500;

    [Theory]
    [InlineData(Email, "ANA.O'Neil@Example.com", null)]
    [InlineData("+14155550100", null, "(415) 555-0100")]
    [InlineData("415.555.0100", null, "+1 415 555 0100")]
    public async Task The_one_open_case_of_the_customer_is_found(string identifier, string? email, string? phone)
    {
        var open = Case(Org.Add("Contact", ("Email", email), ("MobilePhone", phone)));
        Case(Org.Add("Contact", ("Email", "somebody@example.com"), ("Phone", "(212) 555-0199")));

        (await FindAsync(identifier)).ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe(open);
    }

    [Fact]
    public async Task A_case_that_came_by_web_has_no_contact_and_is_found_too()
    {
        var byMail = Org.Add("Case", ("SuppliedEmail", Email), ("OwnerId", Org.UserId));
        var byPhone = Org.Add("Case", ("SuppliedPhone", Phone), ("OwnerId", Org.UserId));

        (await FindAsync(Email)).ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe(byMail);
        (await FindAsync("+14155550100")).ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe(byPhone);
    }

    [Fact]
    public async Task The_contact_that_the_platform_names_needs_no_search()
    {
        var contact = Org.Add("Contact");
        var open = Case(contact);

        (await FindAsync("Anonymous", contact: contact)).ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe(open);
        Org.Requests.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Several_open_cases_are_for_a_person_to_choose()
    {
        var contact = Org.Add("Contact", ("Email", Email));
        Case(contact);
        Case(contact);

        (await FindAsync(Email)).ShouldBeOfType<Resolution.Ambiguous>().Fault.Reason.ShouldBe(ReasonCodes.TicketAmbiguous);
    }

    [Fact]
    public async Task The_newest_open_case_is_taken_where_that_was_asked_for()
    {
        var contact = Org.Add("Contact", ("Email", Email));
        Case(contact);
        Clock.Advance(TimeSpan.FromHours(1));
        var newest = Case(contact);
        Clock.Advance(TimeSpan.FromHours(1));
        Case(contact, closed: true);

        (await FindAsync(Email, several: SalesforceLookupChoice.NewestOpen)).ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe(newest);
    }

    [Fact]
    public async Task Without_an_open_case_the_session_goes_on_waiting_for_its_ticket()
    {
        Case(Org.Add("Contact", ("Email", Email)), closed: true);

        (await FindAsync(Email)).ShouldBeOfType<Resolution.NotYet>();
    }

    [Fact]
    public async Task The_contact_takes_note_and_file_where_that_was_asked_for()
    {
        var contact = Org.Add("Contact", ("Email", Email));

        var found = (await FindAsync(Email, orContact: true)).ShouldBeOfType<Resolution.Found>();

        (found.Ticket.RecordType, found.Ticket.RecordId).ShouldBe(("Contact", contact));
    }

    [Fact]
    public async Task Two_contacts_with_one_number_are_ambiguous()
    {
        Org.Add("Contact", ("Phone", Phone));
        Org.Add("Contact", ("HomePhone", Phone));

        (await FindAsync(Phone, orContact: true)).ShouldBeOfType<Resolution.Ambiguous>();
    }

    [Fact]
    public async Task A_batch_shares_its_calls()
    {
        var shipments = new List<Shipment>();
        for (var i = 0; i < 40; i++)
        {
            var number = $"+1415555{1000 + i}";
            Case(Org.Add("Contact", ("Phone", number)));
            Case(Org.Add("Contact", ("Email", $"customer{i}@example.com")));
            shipments.Add(Nameless(number));
            shipments.Add(Nameless($"customer{i}@example.com"));
        }

        var resolutions = await Connect(Options()).ResolveAsync(shipments, Cancel);

        resolutions.ShouldAllBe(r => r is Resolution.Found);
        resolutions.Cast<Resolution.Found>().Select(f => f.Ticket.RecordId).Distinct().Count().ShouldBe(80);
        Org.Requests.Calls.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task Nobody_is_looked_up_unless_configured()
    {
        Case(Org.Add("Contact", ("Email", Email)));

        (await Connector.ResolveAsync([Nameless(Email)], Cancel))[0].ShouldBeOfType<Resolution.NotYet>();

        Org.Requests.Total.ShouldBe(0);
    }

    [Theory]
    [InlineData("Anonymous")]
    [InlineData("1234")]
    [InlineData("user-4155550100")]
    [InlineData("@example.com")]
    public async Task What_names_nobody_is_not_searched_for(string identifier)
    {
        await FindAsync(identifier);

        Org.Requests.Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_lookup_is_no_answer_about_the_customer()
    {
        Org.Faults.Once(CrmSync.Simulators.Shared.Fault.Refuse(429), "GET", "*/query");

        (await FindAsync(Email)).ShouldBeOfType<Resolution.Failed>().Outcome.ShouldBeOfType<Outcome.Deferred>();
    }

    [Fact]
    public void Search_terms_stay_terms() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var find = Sosl.AnyOf([text.Get]);
            var plain = find[1..^1].Replace("\\\\", string.Empty, StringComparison.Ordinal);
            return Enumerable.Range(0, plain.Length).All(i => !"&|!(){}[]^\"~*?:'+-".Contains(plain[i], StringComparison.Ordinal) || (i > 0 && plain[i - 1] == '\\'));
        }).QuickCheckThrowOnFailure();

    private SalesforceOptions Options(SalesforceLookupChoice several = SalesforceLookupChoice.Ambiguous, bool orContact = false)
    {
        var options = Settings();
        options.Lookup = new SalesforceLookupOptions
        {
            By = [SalesforceLookupKey.Contact, SalesforceLookupKey.Email, SalesforceLookupKey.Phone],
            Several = several,
            Contact = orContact,
        };
        return options;
    }

    private async Task<Resolution> FindAsync(
        string identifier, string? contact = null, SalesforceLookupChoice several = SalesforceLookupChoice.Ambiguous, bool orContact = false) =>
        (await Connect(Options(several, orContact)).ResolveAsync([Nameless(identifier, contact)], Cancel)).ShouldHaveSingleItem();

    private string Case(string contact, bool closed = false) =>
        Org.Add("Case", ("ContactId", contact), ("IsClosed", closed), ("OwnerId", Org.UserId));

    private Shipment Nameless(string identifier, string? contact = null)
    {
        var known = contact is null ? "null" : $"\"{contact}\"";
        var json = $$"""
            {"id":{{++_id}},"call_type":"IVR","status":"finished","ends_at":"2026-03-08T09:10:00.000Z",
             "agent_info":{"id":1,"name":"Agent","email":"agent@example.com"},
             "end_user":{"id":7,"identifier":"{{identifier}}","out_contact_id":{{known}} } }
            """;
        var session = SessionReader.Read(Encoding.UTF8.GetBytes(json), new ReaderOptions { Instance = "aldergrove" }) is ReadResult.Session(var read)
            ? read
            : throw new ArgumentException("No session.", nameof(identifier));
        return new Shipment(Delivery(session, 1), session);
    }
}
