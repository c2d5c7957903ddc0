namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// How many graphs go into one call: as many as configured, halved when a call takes longer than 15 seconds or the org is crowded, growing
/// again while calls stay below 5. Salesforce allows 25 calls at once that run longer than 20 seconds, for all integrations together.
/// </summary>
internal sealed class SalesforcePace
{
    private const int Least = 5;
    private const int Step = 5;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(5);

    private readonly int _most;
    private volatile int _current;

    public SalesforcePace(int most) => _most = _current = most;

    public int Current => _current;

    /// <param name="trouble">How the call failed; a quick failure tells nothing of how long work takes.</param>
    public void Observe(TimeSpan elapsed, SalesforceTrouble? trouble)
    {
        if (elapsed > Slow || (trouble is not null && SalesforceFaults.IsCrowded(trouble)))
        {
            _current = Math.Max(Math.Min(Least, _most), _current / 2);
        }
        else if (elapsed < Quick && trouble is null)
        {
            _current = Math.Min(_most, _current + Step);
        }
    }
}
