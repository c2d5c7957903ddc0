using System.Collections.Concurrent;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What the org's objects are like, asked once a day: key prefixes, which differ from org to org for custom objects, and descriptions.</summary>
internal sealed class SalesforceObjects(SalesforceClient client, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, (ObjectAnswer Answer, DateTimeOffset At)> _descriptions = new(StringComparer.OrdinalIgnoreCase);
    private volatile Tuple<IReadOnlyDictionary<string, string>, DateTimeOffset>? _names;

    /// <summary>Object names by key prefix, e.g. <c>a0B</c>. Asks only when <paramref name="needed"/>; 1 call a day.</summary>
    public async Task<SalesforceReply<IReadOnlyDictionary<string, string>>> NamesAsync(bool needed, CancellationToken cancel)
    {
        if (!needed)
        {
            return new(new Dictionary<string, string>(StringComparer.Ordinal), Trouble: null);
        }

        if (_names is var (held, at) && clock.GetUtcNow() - at < Life)
        {
            return new(held, Trouble: null);
        }

        var (answer, trouble) = await client.ObjectsAsync(cancel);
        if (answer is null)
        {
            return SalesforceReply<IReadOnlyDictionary<string, string>>.Of(trouble!);
        }

        // Several objects share a prefix only where none of them holds records of its own.
        var names = (answer.Sobjects ?? [])
            .Where(o => o.KeyPrefix is { Length: 3 })
            .GroupBy(o => o.KeyPrefix!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Name, StringComparer.Ordinal);
        _names = new(names, clock.GetUtcNow());
        return new(names, Trouble: null);
    }

    /// <summary>Fields of an object; 1 call a day each.</summary>
    public async Task<SalesforceReply<ObjectAnswer>> DescribeAsync(string type, CancellationToken cancel)
    {
        if (_descriptions.TryGetValue(type, out var held) && clock.GetUtcNow() - held.At < Life)
        {
            return new(held.Answer, Trouble: null);
        }

        var reply = await client.DescribeAsync(type, cancel);
        if (reply.Value is { } answer)
        {
            _descriptions[type] = (answer, clock.GetUtcNow());
        }

        return reply;
    }
}
