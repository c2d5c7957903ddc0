using System.Security.Cryptography;

namespace CrmSync.Simulators.Zendesk;

/// <summary>
/// <c>Idempotency-Key</c> on ticket creation: the same key and body give the same answer for two hours, another body is refused
/// (Tickets reference, "Idempotency"). Guarded by the account's lock.
/// </summary>
internal sealed class ZendeskKeys(TimeProvider clock)
{
    private const string LookupHeader = "x-idempotency-lookup";
    private const int KeyCharactersMax = 255;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    private readonly Dictionary<string, (string BodyHash, ZendeskAnswer Answer, DateTimeOffset At)> _answers = new(StringComparer.Ordinal);

    public ZendeskAnswer Once(string? key, byte[] body, Func<ZendeskAnswer> create)
    {
        if (key is null)
        {
            return create();
        }

        if (key.Length is 0 or > KeyCharactersMax)
        {
            return ZendeskAnswer.Error(400, "IdempotentRequestError", $"The key must have 1 to {KeyCharactersMax} characters.");
        }

        var hash = Convert.ToHexString(SHA256.HashData(body));

        if (_answers.TryGetValue(key, out var known) && known.At + Kept > clock.GetUtcNow())
        {
            return known.BodyHash == hash
                ? known.Answer.With(LookupHeader, "hit")
                : ZendeskAnswer.Error(400, "IdempotentRequestError", "The request parameters do not match those of the first request with this key.");
        }

        var answer = create();

        if (answer.Status == 201)
        {
            _answers[key] = (hash, answer, clock.GetUtcNow());
        }

        return answer.With(LookupHeader, "miss");
    }
}
