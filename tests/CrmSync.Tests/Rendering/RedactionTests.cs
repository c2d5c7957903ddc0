using System.Text;
using System.Text.Json;
using CrmSync.Core.Rendering.Redaction;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Rendering;

public sealed class RedactionTests
{
    private static readonly RedactionOptions Everything = new()
    {
        Phone = RedactionMode.Remove,
        Email = RedactionMode.Remove,
        Identifier = RedactionMode.Remove,
        SipHeaders = true,
        Attachment = true,
    };

    [Theory]
    [InlineData("call back at +1 202-555-0147 please", "call back at [phone removed] please")]
    [InlineData("(202) 555-0147", "[phone removed]")]
    [InlineData("tel:2025550147", "tel:[phone removed]")]
    [InlineData("+44 7700 900142.", "[phone removed].")]
    [InlineData("mail ines.vidal+x@example.org, or not", "mail [email removed], or not")]
    [InlineData("order 55-1203, RF-20931, $84.10", "order 55-1203, RF-20931, $84.10")]
    [InlineData("on 2026-03-05 10:02 and 05.03.2026 10:15", "on 2026-03-05 10:02 and 05.03.2026 10:15")]
    [InlineData("serial AL77934455667788X", "serial AL77934455667788X")]
    public void Numbers_and_addresses_are_found_in_what_people_write(string written, string shown)
    {
        new Redactor(Everything).Apply("note", written).ShouldBe(shown);
    }

    [Theory]
    [InlineData("phone_number", "+1 202-555-0147", "***0147")]
    [InlineData("email", "priya.raman@aldergrove.example", "***@aldergrove.example")]
    [InlineData("identifier", "app-user-5521", "***5521")]
    [InlineData("identifier", "short", "***")]
    [InlineData("note", "from 2025550147 or a@b.example", "from ***0147 or ***@b.example")]
    public void Masks_leave_enough_to_recognise_a_customer(string key, string value, string shown)
    {
        var redactor = new Redactor(new RedactionOptions { Phone = RedactionMode.Mask, Email = RedactionMode.Mask, Identifier = RedactionMode.Mask });

        redactor.Apply(key, value).ShouldBe(shown);
    }

    [Theory]
    [InlineData("out_contact_id", "37120045518")]
    [InlineData("out_ticket_id", "884213000001")]
    [InlineData("support_number", "+12025550123")]
    [InlineData("updated_at", "2026-03-05T10:33:51.000-08:00")]
    public void Ids_times_and_the_contact_centres_own_number_stay(string key, string value)
    {
        new Redactor(Everything).Apply(key, value).ShouldBe(value);
    }

    [Fact]
    public void An_identifier_that_is_kept_still_follows_the_rule_for_numbers()
    {
        var redactor = new Redactor(new RedactionOptions { Phone = RedactionMode.Remove });

        redactor.Apply("identifier", "+12025550147").ShouldBe("[phone removed]");
        redactor.Apply("identifier", "app-user-5521").ShouldBe("app-user-5521");
    }

    [Fact]
    public void Patterns_and_keys_of_the_admin_are_taken_out()
    {
        var redactor = new Redactor(new RedactionOptions
        {
            Keys = ["feedback"],
            Patterns = [new RedactionPattern { Name = "account", Pattern = @"\bacc-([0-9]{2})[0-9]{6}\b", IgnoreCase = true, Replacement = "ACC-$1…" }],
        });

        redactor.Apply("note", "see ACC-12345678.").ShouldBe("see ACC-12….");
        redactor.Apply("feedback", "anything").ShouldBe("[removed]");
    }

    [Fact]
    public void The_file_keeps_every_other_byte()
    {
        const string File = "{ \"id\": 48211,\r\n  \"note\": \"r\\u00e9f 2025550147\",\t\"x\": 1.0e2, \"end_user\": {\"identifier\": \"+12025550147\"},\n \"a\":[\"b\", null ] }";

        var redacted = JsonRedaction.Apply(Encoding.UTF8.GetBytes(File), new Redactor(Everything));

        redacted.Removed.ShouldBe(2);
        Encoding.UTF8.GetString(redacted.Content.Span).ShouldBe(
            "{ \"id\": 48211,\r\n  \"note\": \"r\\u00E9f [phone removed]\",\t\"x\": 1.0e2, \"end_user\": {\"identifier\": \"[identifier removed]\"},\n \"a\":[\"b\", null ] }");
    }

    [Fact]
    public void A_file_with_nothing_to_remove_is_the_same_memory()
    {
        ReadOnlyMemory<byte> file = Encoding.UTF8.GetBytes("""{"id":1,"call_type":"Voice Internal"}""");

        JsonRedaction.Apply(file, new Redactor(Everything)).Content.Equals(file).ShouldBeTrue();
    }

    [Fact]
    public void Sip_headers_and_numbers_written_as_numbers_go_too()
    {
        var file = Encoding.UTF8.GetBytes(
            """{"participants":[{"phone_number":12025550147,"sip_headers":{"P-Origination-ID":"abc","n":[1,{"k":"v"}]},"status":"finished"}],"call_duration":12025550147}""");

        var redacted = JsonRedaction.Apply(file, new Redactor(Everything));

        Encoding.UTF8.GetString(redacted.Content.Span).ShouldBe(
            """{"participants":[{"phone_number":"[phone removed]","sip_headers":{"P-Origination-ID":"[removed]","n":["[removed]",{"k":"[removed]"}]},"status":"finished"}],"call_duration":12025550147}""");
        redacted.Removed.ShouldBe(4);
    }

    [Fact]
    public void A_utf_16_file_comes_out_as_utf_8()
    {
        var file = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("""{"note":"2025550147 é"}""")).ToArray();

        var redacted = JsonRedaction.Apply(file, new Redactor(Everything));

        JsonDocument.Parse(redacted.Content).RootElement.GetProperty("note").GetString().ShouldBe("[phone removed] é");
    }

    [Theory]
    [InlineData("Redaction:Phone", "Delete", "Redaction:Phone", "Keep, Mask, Remove")]
    [InlineData("Redaction:Phon", "Mask", "Redaction:Phon", "Did you mean Phone?")]
    [InlineData("Redaction:Patterns:0:Pattern", "(", "Redaction:Patterns:0:Pattern", "not a regular expression")]
    [InlineData("Redaction:Patterns:0:Pattern", "(?<=a)b", "Redaction:Patterns:0:Pattern", "look-around")]
    [InlineData("Redaction:Patterns:0:Pattern", "a*", "Redaction:Patterns:0:Pattern", "empty text")]
    [InlineData("Redaction:Patterns:0:Pattern", "a", "Redaction:Patterns:0:Name", "is missing")]
    public void A_mistake_in_the_rules_names_key_problem_and_fix(string key, string value, string complaintKey, string words)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();

        var (_, complaints) = RedactionOptions.Bind(configuration);

        complaints.ShouldContain(complaint => complaint.Key == complaintKey && complaint.ToString().Contains(words, StringComparison.Ordinal));
    }
}
