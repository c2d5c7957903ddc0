using CrmSync.Connectors.Email;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Smtp;

namespace CrmSync.Tests.Connectors.Email;

public sealed class EmailVerifyTests
{
    [Fact]
    public async Task A_mail_that_the_crm_shows_is_confirmed_with_a_link_and_keeps_its_message_id()
    {
        await using var bench = new EmailBench();
        var witness = new Witness(new ProbeAnswer.Found(new Receipt("101", "9001", Url: "https://crm.example/tickets/101")));
        SmtpModes.Named("accept-then-drop").Apply(bench.Server);
        var connector = bench.Connector(Verifying(bench), witness: witness);

        (await EmailBench.DeliverAsync(connector)).ShouldBeOfType<Outcome.InDoubt>();
        var receipt = (await AskAsync(connector)).ShouldBeOfType<ProbeAnswer.Found>().Receipt;

        witness.Asked.ShouldHaveSingleItem().MessageId.ShouldBe(bench.Mail.Header("Message-ID"));
        receipt.ShouldBe(new Receipt("42", bench.Mail.Header("Message-ID"), "9001", "https://crm.example/tickets/101"));
    }

    [Fact]
    public async Task What_the_witness_cannot_tell_is_passed_on()
    {
        await using var bench = new EmailBench();
        ProbeAnswer[] answers =
        [
            new ProbeAnswer.Absent(),
            new ProbeAnswer.CannotTell(new Fault(ReasonCodes.CrmUnavailable, "The CRM is down."), TimeSpan.FromMinutes(1)),
            new ProbeAnswer.NeverTells(new Fault(ReasonCodes.HeldInDoubt, "Nobody can look.")),
        ];

        foreach (var answer in answers)
        {
            (await AskAsync(bench.Connector(Verifying(bench), witness: new Witness(answer)))).ShouldBe(answer);
        }
    }

    [Fact]
    public async Task A_mail_gets_its_time_to_become_a_note_before_it_is_looked_for_twice()
    {
        await using var bench = new EmailBench();
        var verifying = bench.Connector(Verifying(bench), witness: new Witness(new ProbeAnswer.Absent())).Traits;
        var resending = bench.Connector(bench.Options()).Traits;

        verifying.Settle.ShouldBe(TimeSpan.FromMinutes(5));
        verifying.SecondProbeAfter.ShouldBe(TimeSpan.FromMinutes(5));
        resending.Settle.ShouldBe(TimeSpan.Zero);
        resending.SecondProbeAfter.ShouldBeNull();
    }

    private static EmailOptions Verifying(EmailBench bench)
    {
        var options = bench.Options();
        options.InDoubt = EmailInDoubt.Verify;
        options.VerifyWith = "zendesk";
        return options;
    }

    private static async Task<ProbeAnswer> AskAsync(EmailConnector connector) =>
        (await connector.ProbeAsync([EmailBench.Parcel()], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    private sealed class Witness(ProbeAnswer answer) : IMailWitness
    {
        public List<SentMail> Asked { get; } = [];

        public Task<IReadOnlyList<ProbeAnswer>> LookForAsync(IReadOnlyList<SentMail> mails, CancellationToken cancel)
        {
            Asked.AddRange(mails);
            return Task.FromResult<IReadOnlyList<ProbeAnswer>>([.. mails.Select(_ => answer)]);
        }
    }
}
