namespace CrmSync.Alerts;

/// <summary>The alerts that are on at the moment: what the console and <c>crmsync status</c> show.</summary>
/// <remarks>Kept in memory. A worker that starts while something is wrong raises it again, with the same key.</remarks>
public sealed class AlertBoard
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Alert> _current = new(StringComparer.Ordinal);

    /// <summary>Most urgent first, then oldest first.</summary>
    public IReadOnlyList<Alert> Current
    {
        get
        {
            lock (_gate)
            {
                return [.. _current.Values.OrderByDescending(alert => alert.Level).ThenBy(alert => alert.Since)];
            }
        }
    }

    public DateTimeOffset? Since(string key)
    {
        lock (_gate)
        {
            return _current.GetValueOrDefault(key)?.Since;
        }
    }

    /// <summary>Puts up what is wrong now; answers what nobody was told yet: new ones, ones that got worse, ones that are over.</summary>
    public IReadOnlyList<AlertNews> Update(IReadOnlyList<Alert> now)
    {
        lock (_gate)
        {
            var keys = now.Select(alert => alert.Key).ToHashSet(StringComparer.Ordinal);
            List<AlertNews> news =
            [
                .. _current.Values.Where(alert => !keys.Contains(alert.Key)).Select(alert => new AlertNews(alert, IsOver: true)),
                .. now.Where(alert => !_current.TryGetValue(alert.Key, out var known) || known.Level < alert.Level)
                    .Select(alert => new AlertNews(alert, IsOver: false)),
            ];
            _current.Clear();
            foreach (var alert in now)
            {
                _current[alert.Key] = alert;
            }

            return news;
        }
    }
}

/// <param name="IsOver">True: the trouble is gone. False: it began, or got worse.</param>
public sealed record AlertNews(Alert Alert, bool IsOver);
