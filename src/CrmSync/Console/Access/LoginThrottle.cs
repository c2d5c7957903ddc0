namespace CrmSync.Console.Access;

/// <summary>
/// Slows guessing down. Counts failures by name and address together, by address, and by name, whether or not anybody has that name, so
/// that being shut out tells nothing. Kept in memory: a restart forgets.
/// </summary>
internal sealed class LoginThrottle(TimeProvider clock)
{
    /// <summary>Failures are forgotten, and who was shut out may try again, after this long.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public const int PairMax = 5;
    public const int AddressMax = 30;
    public const int NameMax = 50;

    /// <summary>Beyond this many, the oldest entries are dropped: an attacker cannot fill the memory.</summary>
    public const int EntriesMax = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string? Name, string? Address), Count> _failures = [];

    /// <summary>Whether this login may be tried at all.</summary>
    public bool Admits(string name, string? address)
    {
        lock (_gate)
        {
            return Keys(name, address).All(key => Failures(key.Of) < key.Max);
        }
    }

    /// <summary>Answers true when this failure was the one that shut the door.</summary>
    public bool Failed(string name, string? address)
    {
        lock (_gate)
        {
            var shut = false;
            foreach (var (of, max) in Keys(name, address))
            {
                var count = Failures(of) + 1;
                _failures[of] = new Count(count, clock.GetUtcNow());
                shut |= count == max;
            }

            DropOldest();
            return shut;
        }
    }

    /// <summary>Who got in starts anew, from there.</summary>
    public void Succeeded(string name, string? address)
    {
        lock (_gate)
        {
            _failures.Remove((name, address ?? string.Empty));
        }
    }

    private static IEnumerable<((string? Name, string? Address) Of, int Max)> Keys(string name, string? address) =>
        [((name, address ?? string.Empty), PairMax), ((null, address ?? string.Empty), AddressMax), ((name, null), NameMax)];

    private int Failures((string?, string?) of) =>
        _failures.TryGetValue(of, out var count) && clock.GetUtcNow() - count.Last < Window ? count.Failures : 0;

    private void DropOldest()
    {
        if (_failures.Count <= EntriesMax)
        {
            return;
        }

        foreach (var (of, _) in _failures.OrderBy(entry => entry.Value.Last).Take(_failures.Count - EntriesMax + (EntriesMax / 10)).ToList())
        {
            _failures.Remove(of);
        }
    }

    private sealed record Count(int Failures, DateTimeOffset Last);
}
