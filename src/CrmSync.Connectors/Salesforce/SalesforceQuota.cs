using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// How much of the org's daily API calls is used, by everybody, as each answer tells: <c>Sforce-Limit-Info: api-usage=10018/100000</c>,
/// sometimes followed by <c>; per-app-api-usage=17/250(appName=x)</c>.
/// </summary>
internal sealed partial class SalesforceQuota(double share, TimeProvider clock)
{
    /// <summary>The daily window rolls, so that calls come back bit by bit; one call in this time asks how many.</summary>
    public static readonly TimeSpan ProbeEvery = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private DateTimeOffset _told;

    public long Used { get; private set; }

    /// <summary>0 before the first answer.</summary>
    public long Max { get; private set; }

    public void Observe(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("Sforce-Limit-Info", out var values) && Usage().Match(string.Join(';', values)) is { Success: true } match)
        {
            lock (_gate)
            {
                Used = long.Parse(match.Groups["used"].ValueSpan, CultureInfo.InvariantCulture);
                Max = long.Parse(match.Groups["max"].ValueSpan, CultureInfo.InvariantCulture);
                _told = clock.GetUtcNow();
            }
        }
    }

    /// <summary>False while the share is used up, but for one caller every <see cref="ProbeEvery"/>.</summary>
    public bool MaySend()
    {
        lock (_gate)
        {
            if (Max == 0 || Used < Max * share)
            {
                return true;
            }

            var now = clock.GetUtcNow();
            if (now - _told < ProbeEvery)
            {
                return false;
            }

            _told = now;
            return true;
        }
    }

    // Not anchored: "per-app-api-usage" may stand beside it, before or after.
    [GeneratedRegex(@"(?<![-\w])api-usage=(?<used>\d{1,12})/(?<max>\d{1,12})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Usage();
}
