using CrmSync.Mail.Smtp;
using CrmSync.Simulators.Smtp;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Mail.Tests.Smtp;

public sealed class SmtpSecurityTests
{
    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_not_trusted()
    {
        await using var bench = SmtpBench.Open();

        var result = await bench.SendAsync(bench.Options with { Trust = new SmtpTrust { Revocation = SmtpRevocation.Off } });

        result.ShouldBeOfType<SendResult.NotTrusted>().Fault.Message.ShouldContain("UntrustedRoot");
        bench.Server.ClearText.ShouldNotContain("MAIL");
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_trusted()
    {
        await using var bench = SmtpBench.Open(new SmtpSimulatorOptions { HostNames = ["elsewhere.example"] });

        var result = await bench.SendAsync(bench.Options with { Host = "localhost" });

        result.ShouldBeOfType<SendResult.NotTrusted>().Fault.Message.ShouldContain("another host name");
    }

    [Fact]
    public async Task A_certificate_whose_time_is_over_is_not_trusted()
    {
        var longAgo = new FakeTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var bench = SmtpBench.Open(new SmtpSimulatorOptions { Certificate = SmtpSimulator.MakeCertificate(["localhost"], longAgo) });

        (await bench.SendAsync()).ShouldBeOfType<SendResult.NotTrusted>().Fault.Message.ShouldContain("NotTimeValid");
    }

    [Theory]
    [InlineData(SmtpRevocation.Off, typeof(SendResult.Accepted))]
    [InlineData(SmtpRevocation.Soft, typeof(SendResult.Accepted))]
    [InlineData(SmtpRevocation.Hard, typeof(SendResult.NotTrusted))]
    public async Task A_certificate_that_says_nothing_about_revocation_is_taken_unless_certainty_is_wanted(SmtpRevocation revocation, Type result)
    {
        using var authority = TestAuthority.Create();
        using var certificate = authority.Issue("localhost");
        await using var bench = SmtpBench.Open(new SmtpSimulatorOptions { Certificate = certificate, Users = SmtpBench.Users });

        (await bench.SendAsync(bench.Options with { Trust = new SmtpTrust { Roots = [authority.Root], Revocation = revocation } })).ShouldBeOfType(result);
    }

    [Fact]
    public async Task A_pinned_key_must_be_the_one()
    {
        await using var bench = SmtpBench.Open();
        var trust = bench.Options.Trust;
        var pin = SmtpTls.Pin(bench.Server.Certificate);

        (await bench.SendAsync(bench.Options with { Trust = trust with { Pins = ["AAAA", pin] } })).ShouldBeOfType<SendResult.Accepted>();
        (await bench.SendAsync(bench.Options with { Trust = trust with { Pins = ["AAAA"] } })).ShouldBeOfType<SendResult.NotTrusted>();
    }

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task A_password_works_with_every_mechanism(string mechanism)
    {
        await using var bench = SmtpBench.Open(mechanism);

        (await bench.SendAsync()).ShouldBeOfType<SendResult.Accepted>();

        bench.Server.Mails.ShouldHaveSingleItem().User.ShouldBe(SmtpBench.User);
    }

    [Theory]
    [InlineData("OAUTHBEARER")]
    [InlineData("XOAUTH2")]
    public async Task A_token_that_was_withdrawn_is_renewed_once(string mechanism)
    {
        await using var bench = SmtpBench.Open(mechanism);
        var tokens = new Tokens("withdrawn-token", "fresh-token");

        var result = await bench.SendAsync(bench.Options with { Credential = new SmtpCredential.OAuth(SmtpBench.User, tokens) });

        result.ShouldBeOfType<SendResult.Accepted>();
        tokens.Forgotten.ShouldBe(["withdrawn-token"]);
    }

    [Fact]
    public async Task A_token_that_stays_wrong_is_not_tried_a_third_time()
    {
        await using var bench = SmtpBench.Open("XOAUTH2");

        var result = await bench.SendAsync(
            bench.Options with { Credential = new SmtpCredential.OAuth(SmtpBench.User, new Tokens("wrong", "wrong", "wrong")) });

        result.ShouldBeOfType<SendResult.NotAuthenticated>();
        bench.Server.Requests.Count("AUTH", "AUTH").ShouldBe(2);
    }

    [Fact]
    public async Task A_token_longer_than_an_auth_line_follows_the_empty_challenge()
    {
        var token = new string('t', 2_000);
        await using var bench = SmtpBench.Open(new SmtpSimulatorOptions { Tokens = [token], Mechanisms = ["XOAUTH2"] });

        var result = await bench.SendAsync(bench.Options with { Credential = new SmtpCredential.OAuth(SmtpBench.User, new Tokens(token)) });

        result.ShouldBeOfType<SendResult.Accepted>();
        bench.Server.Requests.Count("AUTH", "AUTH").ShouldBe(1, "a longer line would have been refused and tried again");
    }

    [Theory]
    [InlineData(504, "5.5.4 Not this one", typeof(SendResult.Accepted), 2)]
    [InlineData(534, "5.7.9 Too weak", typeof(SendResult.Accepted), 2)]
    [InlineData(500, "5.5.6 Line too long", typeof(SendResult.Accepted), 2)]
    [InlineData(432, "4.7.12 A password transition is needed", typeof(SendResult.NotAuthenticated), 1)]
    [InlineData(454, "4.7.0 Temporary authentication failure", typeof(SendResult.NotCarriedOut), 1)]
    [InlineData(530, "5.7.0 Authentication required", typeof(SendResult.NotAuthenticated), 1)]
    [InlineData(538, "5.7.11 Encryption required", typeof(SendResult.NotAuthenticated), 1)]
    public async Task Each_answer_to_auth_has_its_consequence(int code, string text, Type result, int tries)
    {
        await using var bench = SmtpBench.Open();
        bench.Server.Faults.Once(SmtpTrouble.Reply(code, text), "AUTH");

        (await bench.SendAsync()).ShouldBeOfType(result);

        bench.Server.Requests.Count("AUTH", "AUTH").ShouldBe(tries);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_and_never_repeated_in_a_message()
    {
        await using var bench = SmtpBench.Open();

        var result = await bench.SendAsync(bench.Options with { Credential = new SmtpCredential.Password(SmtpBench.User, "s3cret") });

        result.ShouldBeOfType<SendResult.NotAuthenticated>().ToString().ShouldNotContain("s3cret");
        bench.Server.Requests.Count("AUTH", "AUTH").ShouldBe(1);
    }

    [Fact]
    public async Task A_server_without_a_common_mechanism_is_an_authentication_trouble()
    {
        await using var bench = SmtpBench.Open("GSSAPI");

        (await bench.SendAsync()).ShouldBeOfType<SendResult.NotAuthenticated>();
    }

    [Fact]
    public async Task Mail_without_credentials_to_a_server_that_wants_some_is_an_authentication_trouble()
    {
        await using var bench = SmtpBench.Open();

        (await bench.SendAsync(bench.Options with { Credential = null })).ShouldBeOfType<SendResult.NotAuthenticated>();
    }

    private sealed class Tokens(params string[] tokens) : IAccessTokenSource
    {
        private int _next;

        public List<string> Forgotten { get; } = [];

        public ValueTask<string> GetAsync(CancellationToken cancel) => ValueTask.FromResult(tokens[Math.Min(_next, tokens.Length - 1)]);

        public void Forget(string token)
        {
            Forgotten.Add(token);
            _next++;
        }
    }
}
