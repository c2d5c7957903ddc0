using System.Globalization;

namespace CrmSync.Simulators.Platform;

/// <summary>
/// Makes up session metadata files of the shape that CCAI Platform writes. Nothing in them is about a real person or company.
/// </summary>
public sealed class SessionFileGenerator
{
    private static readonly TimeSpan Tail = TimeSpan.FromHours(2);

    private readonly SessionFileOptions _options;
    private readonly DateTimeOffset _from;

    /// <param name="clock">Read once: the sessions lie before its now.</param>
    public SessionFileGenerator(SessionFileOptions options, TimeProvider clock)
    {
        if (options.Complaint() is { } complaint)
        {
            throw new ArgumentException(complaint, nameof(options));
        }

        _options = options;
        var now = clock.GetUtcNow().ToOffset(options.Offset);
        _from = now - options.Span - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerSecond);
    }

    /// <summary>Makes the sessions one by one, in the order they ended; again the same ones on every call.</summary>
    public IEnumerable<GeneratedSession> Sessions()
    {
        var tickets = new TicketBook(_options);
        var maker = new PlotMaker(_options);
        var pace = (_options.Span - Tail) / Math.Max(1, _options.Count);
        long calls = 0, chats = 0;

        for (var number = 0; number < _options.Count; number++)
        {
            // A Random per session: session 17 is the same whether 100 or 5,000 are asked for.
            var random = new Random(unchecked((_options.Seed * 1_000_003) + number));
            var kind = random.NextDouble() < _options.ChatShare ? "chat" : "call";
            var id = _options.FirstId + (kind == "chat" ? chats++ : calls++);
            var endsAt = _from + TimeSpan.FromSeconds(Math.Floor((pace * number).TotalSeconds));
            var plot = maker.Make(random, kind, id, endsAt, tickets.Next(random));
            yield return ToFile(plot, random.NextDouble() < _options.ReexportShare);
        }
    }

    /// <summary>Writes every session's complete file below <paramref name="folder"/>; <see cref="Sessions"/> says what they are.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancel)
    {
        foreach (var session in Sessions())
        {
            await session.WriteAsync(folder, session.Exports.Count - 1, cancel);
        }
    }

    private GeneratedSession ToFile(Plot plot, bool reexported) => new(
        plot.Kind,
        plot.Id,
        plot.Ticket.Expected,
        plot.Ticket.Id,
        string.Create(
            CultureInfo.InvariantCulture, $"{_options.Instance}.uc1/metadata/{plot.EndsAt:yyyy'/'MM'/'dd}/{plot.Kind}-{plot.Id}.json"),
        reexported
            ? [SessionJson.Write(plot, isFinal: false), SessionJson.Write(plot, isFinal: true)]
            : [SessionJson.Write(plot, isFinal: true)]);
}
