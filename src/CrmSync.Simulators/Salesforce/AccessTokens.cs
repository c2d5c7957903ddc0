using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CrmSync.Simulators.Salesforce;

/// <summary>The sessions in force.</summary>
internal sealed class AccessTokens(OrgOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _expiries = new(StringComparer.Ordinal);

    public string Issue(string organizationId)
    {
        var token = $"{organizationId[..15]}!{Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)).Replace('+', '_').Replace('/', '.')}";
        _expiries[token] = clock.GetUtcNow() + options.TokenLifetime;
        return token;
    }

    public bool IsValid(string? token) => token is not null && _expiries.TryGetValue(token, out var expiry) && clock.GetUtcNow() < expiry;

    public void Revoke(string token) => _expiries.TryRemove(token, out _);

    public void Clear() => _expiries.Clear();
}
