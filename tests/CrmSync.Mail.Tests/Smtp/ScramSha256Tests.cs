using System.Text;
using CrmSync.Mail.Smtp.Sasl;

namespace CrmSync.Mail.Tests.Smtp;

public sealed class ScramSha256Tests
{
    private const string Nonce = "rOprNGfwEbeRWgbNEkqO";
    private const string ServerNonce = Nonce + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    [Fact]
    public void The_exchange_of_rfc_7677_is_spoken_word_for_word()
    {
        var scram = new ScramSha256("user", "pencil", Nonce);

        Text(scram.InitialResponse).ShouldBe($"n,,n=user,r={Nonce}");
        Text(scram.Respond(Bytes($"r={ServerNonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")))
            .ShouldBe($"c=biws,r={ServerNonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        scram.ServerIsProven.ShouldBeFalse();
        scram.Respond(Bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")).ShouldBe([]);
        scram.ServerIsProven.ShouldBeTrue();
    }

    [Theory]
    [InlineData("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=" + Nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=" + ServerNonce + ",s=,i=4096")]
    [InlineData("r=" + ServerNonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095")]
    [InlineData("r=" + ServerNonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1000001")]
    [InlineData("r=" + ServerNonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==")]
    [InlineData("")]
    public void A_server_that_replays_weakens_or_drags_on_gets_no_proof(string serverFirst) =>
        new ScramSha256("user", "pencil", Nonce).Respond(Bytes(serverFirst)).ShouldBeNull();

    [Fact]
    public void A_user_name_cannot_add_attributes() =>
        Text(new ScramSha256("a,b=c", "pencil", Nonce).InitialResponse).ShouldBe($"n,,n=a=2Cb=3Dc,r={Nonce}");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes.ShouldNotBeNull());
}
