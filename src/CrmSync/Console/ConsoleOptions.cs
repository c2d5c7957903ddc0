using CrmSync.Console.Access;
using CrmSync.Core.Configuration;

namespace CrmSync.Console;

/// <summary>Section <c>Console</c>: the pages where an admin sees and steers everything.</summary>
internal sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>Whether the worker has a console. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where the console listens. Default <c>http://127.0.0.1:5080</c>: this computer only. TLS belongs to a reverse proxy in front of it.</summary>
    public string Url { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Folder of the keys that cookies are protected with. Default: <c>console-keys</c> beside the ledger. Workers that share a ledger share the folder.</summary>
    public string? KeyFolder { get; set; }

    /// <summary>A session ends after this long without a click. Default 30 minutes.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A session ends this long after its login, whatever happens. Default 12 hours.</summary>
    public TimeSpan SessionMax { get; set; } = TimeSpan.FromHours(12);

    /// <summary>A reverse proxy in front.</summary>
    public ProxyOptions Proxy { get; set; } = new();

    /// <summary>The options, and every mistake in them.</summary>
    /// <param name="controlUrl"><c>Http:Url</c>, which must be another door.</param>
    public static (ConsoleOptions Options, IReadOnlyList<Complaint> Complaints) Read(IConfiguration configuration, string controlUrl)
    {
        var (options, complaints) = StrictBinder.Bind<ConsoleOptions>(configuration.GetSection(Section));
        return (options, [.. complaints, .. options.Enabled ? options.Validate(controlUrl).Concat(options.Proxy.Validate()) : []]);
    }

    private IEnumerable<Complaint> Validate(string controlUrl)
    {
        if (Address(Url) is not { } address)
        {
            yield return new Complaint($"{Section}:{nameof(Url)}", $"'{Url}' is not an address to listen on.", "Write http://ADDRESS:PORT, e.g. http://127.0.0.1:5080.");
        }
        else if (!address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase))
        {
            yield return new Complaint($"{Section}:{nameof(Url)}", "wants TLS, which the console leaves to a reverse proxy.", "Write http:// and put a proxy in front: docs/console.md shows how.");
        }
        else if (address.Port != 0 && Address(controlUrl)?.Port == address.Port)
        {
            yield return new Complaint($"{Section}:{nameof(Url)}", $"has the port of Http:Url, {address.Port}.", "Give the console a port of its own.");
        }

        if (SessionIdle < TimeSpan.FromMinutes(1))
        {
            yield return new Complaint($"{Section}:{nameof(SessionIdle)}", "is shorter than a minute.", "Write at least 00:01:00.");
        }

        if (SessionMax < SessionIdle)
        {
            yield return new Complaint($"{Section}:{nameof(SessionMax)}", "is shorter than SessionIdle.", "Write a longer duration, e.g. 12:00:00.");
        }
    }

    private static BindingAddress? Address(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
