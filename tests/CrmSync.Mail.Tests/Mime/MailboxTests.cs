using CrmSync.Mail.Mime;

namespace CrmSync.Mail.Tests.Mime;

public sealed class MailboxTests
{
    [Theory]
    [InlineData("a@b.example", "a@b.example", null)]
    [InlineData("Ann Lee <ann.lee@b.example>", "ann.lee@b.example", "Ann Lee")]
    [InlineData("\"Lee, Ann\" <ann@b.example>", "ann@b.example", "Lee, Ann")]
    [InlineData("support+id1G7EOR-0Q2J@acme.zendesk.com", "support+id1G7EOR-0Q2J@acme.zendesk.com", null)]
    [InlineData("post@bücher.example", "post@xn--bcher-kva.example", null)]
    [InlineData("root@localhost", "root@localhost", null)]
    public void Ordinary_addresses_are_read(string text, string address, string? name)
    {
        var mailbox = Mailbox.Parse(text);

        mailbox.Address.ShouldBe(address);
        mailbox.DisplayName.ShouldBe(name);
    }

    [Theory]
    [InlineData("a@b.example\r\nRCPT TO:<x@y.example>")]
    [InlineData("Eve\r\nBcc: all@b.example <eve@b.example>")]
    [InlineData("a\n@b.example")]
    [InlineData("a b@c.example")]
    [InlineData("a@b@c.example")]
    [InlineData("<a@b.example")]
    [InlineData("a@b.example> SIZE=1")]
    [InlineData("\"quoted local\"@b.example")]
    [InlineData("żółw@crm.example")]
    [InlineData("a@-b.example")]
    [InlineData("a@b..example")]
    [InlineData("a..b@c.example")]
    [InlineData("@b.example")]
    [InlineData("a@")]
    [InlineData("a\0@b.example")]
    [InlineData("")]
    [InlineData(null)]
    public void What_could_mean_something_else_to_a_server_is_no_address(string? text)
    {
        Mailbox.TryParse(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void Addresses_do_not_print_themselves()
    {
        $"{Mailbox.Parse("ann@b.example")}".ShouldBe("[mailbox]");
    }
}
