using System.Security.Cryptography;
using CrmSync.Console.Texts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CrmSync.Console.Access;

/// <summary>Passwords: what is good enough, how they are hashed, and how much of the processor that may take.</summary>
internal sealed class Passwords : IDisposable
{
    public const int LengthMin = 12;
    public const int LengthMax = 128;

    // OWASP's figure for PBKDF2 with SHA-512, https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    private const int Iterations = 210_000;

    // Without characters that look alike: read from a screen and typed once.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Groups = 5;
    private const int GroupLength = 4;

    private const int AtOnceMax = 2;

    /// <summary>Words that long passwords are lazily made of.</summary>
    private static readonly string[] Lazy = ["password", "passwort", "contrase", "crmsync", "qwerty", "letmein", "welcome", "123456", "abcdef"];

    private readonly PasswordHasher<string> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly SemaphoreSlim _turn = new(AtOnceMax);
    private readonly string _nobodys;

    public Passwords() => _nobodys = _hasher.HashPassword(string.Empty, Generate());

    /// <summary>A password that nobody chose, about 99 bits: <c>k7mq-x2vf-…</c>. Its owner is asked for another at the first login.</summary>
    public static string Generate() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>What is wrong with a new password; null when it will do.</summary>
    public static Text? Weakness(string password, string account)
    {
        if (password.Length < LengthMin)
        {
            return AccessTexts.PasswordShort;
        }

        if (password.Length > LengthMax)
        {
            return AccessTexts.PasswordLong;
        }

        var left = Lazy.Append(account).Where(word => word.Length > 0)
            .Aggregate(password.ToLowerInvariant(), (rest, word) => rest.Replace(word, string.Empty, StringComparison.Ordinal));
        return left.Length < LengthMin / 2 || left.Distinct().Count() < LengthMin / 3 ? AccessTexts.PasswordGuessable : null;
    }

    public async Task<string> HashAsync(string password, CancellationToken cancel) =>
        await TakeTurnAsync(() => _hasher.HashPassword(string.Empty, password), cancel);

    /// <summary>Takes as long for a name that nobody has (<paramref name="hash"/> null) as for one that somebody has.</summary>
    public async Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancel) => await TakeTurnAsync(
        () => _hasher.VerifyHashedPassword(string.Empty, hash ?? _nobodys, password.Length <= LengthMax ? password : string.Empty) is var result && hash is null
            ? PasswordVerificationResult.Failed
            : result,
        cancel);

    public void Dispose() => _turn.Dispose();

    private async Task<T> TakeTurnAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await Task.Run(work, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }
}
