using CrmSync.Console.Texts;
using CrmSync.Console.Views;

namespace CrmSync.Tests.Console;

/// <summary>The audit names the deliveries of an action in words.</summary>
public sealed class AuditFilterTests
{
    [Theory]
    [InlineData("""{"id":12}""", "delivery 12")]
    [InlineData("""{"connector":"zendesk","state":"parked","reason":"TICKET_NOT_FOUND"}""", "zendesk · parked · TICKET_NOT_FOUND")]
    [InlineData("""{"session":{"kind":"call"}}""", """session {"kind":"call"}""")]
    [InlineData("{}", "")]
    public void What_the_audit_keeps_as_JSON_is_read_as_words(string json, string words) => AuditFilter.Words(json, new Speech()).ShouldBe(words);
}
