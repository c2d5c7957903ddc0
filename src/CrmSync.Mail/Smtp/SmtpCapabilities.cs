using System.Globalization;

namespace CrmSync.Mail.Smtp;

/// <summary>What a server said in answer to EHLO.</summary>
internal sealed record SmtpCapabilities
{
    public static readonly SmtpCapabilities None = new();

    public bool StartTls { get; private init; }

    public bool Pipelining { get; private init; }

    public bool Dsn { get; private init; }

    public bool Size { get; private init; }

    /// <summary>Octets; null when the server names no fixed limit (absent, without value, or 0; RFC 1870 section 4).</summary>
    public long? SizeMax { get; private init; }

    public IReadOnlyList<string> Mechanisms { get; private init; } = [];

    /// <summary>The first line names the server; each other line is a keyword and its parameters.</summary>
    public static SmtpCapabilities Read(SmtpReply ehlo)
    {
        var all = None;
        foreach (var line in ehlo.Lines.Skip(1))
        {
            // "AUTH=LOGIN" is an old form that some servers still add.
            var words = line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
            all = words.Length == 0 ? all : all.With(words[0].ToUpperInvariant(), words[1..]);
        }

        return all;
    }

    private SmtpCapabilities With(string keyword, string[] parameters) => keyword switch
    {
        "STARTTLS" => this with { StartTls = true },
        "PIPELINING" => this with { Pipelining = true },
        "DSN" => this with { Dsn = true },
        "SIZE" => this with { Size = true, SizeMax = Limit(parameters) },
        "AUTH" => this with { Mechanisms = [.. Mechanisms.Union(parameters.Select(p => p.ToUpperInvariant()), StringComparer.Ordinal)] },
        _ => this,
    };

    private static long? Limit(string[] parameters) =>
        parameters.Length > 0
        && long.TryParse(parameters[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        && limit > 0
            ? limit
            : null;
}
