using CrmSync.Console.Access;
using CrmSync.Console.Texts;
using Microsoft.AspNetCore.Identity;

namespace CrmSync.Tests.Console;

public sealed class PasswordsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_opens_its_own_hash_and_no_other_does()
    {
        using var passwords = new Passwords();
        var hash = await passwords.HashAsync("correct horse battery", Cancel);

        (await passwords.VerifyAsync(hash, "correct horse battery", Cancel)).ShouldBe(PasswordVerificationResult.Success);
        (await passwords.VerifyAsync(hash, "correct horse batterz", Cancel)).ShouldBe(PasswordVerificationResult.Failed);
        (await passwords.VerifyAsync(hash: null, string.Empty, Cancel)).ShouldBe(PasswordVerificationResult.Failed);
        (await passwords.HashAsync("correct horse battery", Cancel)).ShouldNotBe(hash);
    }

    [Fact]
    public async Task A_hash_of_fewer_rounds_still_opens_and_asks_to_be_made_anew()
    {
        using var passwords = new Passwords();
        var old = new PasswordHasher<string>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }))
            .HashPassword(string.Empty, "correct horse battery");

        (await passwords.VerifyAsync(old, "correct horse battery", Cancel)).ShouldBe(PasswordVerificationResult.SuccessRehashNeeded);
    }

    [Theory]
    [InlineData("short", "ana", "short")]
    [InlineData("eleven char", "ana", "short")]
    [InlineData("Password1234", "ana", "guessable")]
    [InlineData("aaaaaaaaaaaaaaaa", "ana", "guessable")]
    [InlineData("crmsyncCRMSYNC123456", "ana", "guessable")]
    [InlineData("maximilian-maximilian1", "maximilian", "guessable")]
    [InlineData("correct horse battery", "ana", null)]
    [InlineData("ñandú, casa y lluvia", "ana", null)]
    public void A_new_password_must_be_long_and_not_the_obvious(string password, string account, string? weakness)
    {
        var expected = weakness switch { "short" => AccessTexts.PasswordShort, "guessable" => AccessTexts.PasswordGuessable, _ => null };

        Passwords.Weakness(password, account).ShouldBe(expected);
    }

    [Fact]
    public void Too_long_a_password_is_refused() => Passwords.Weakness(new string('x', Passwords.LengthMax) + "yz", "ana").ShouldBe(AccessTexts.PasswordLong);

    [Fact]
    public void Generated_passwords_will_do_and_differ()
    {
        var generated = Enumerable.Range(0, 200).Select(_ => Passwords.Generate()).ToList();

        generated.ShouldBeUnique();
        generated.ShouldAllBe(password => Passwords.Weakness(password, "ana") == null);
    }
}
