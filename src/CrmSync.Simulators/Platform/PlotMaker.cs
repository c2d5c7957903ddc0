using System.Globalization;

namespace CrmSync.Simulators.Platform;

/// <summary>Decides what happened in a session.</summary>
internal sealed class PlotMaker(SessionFileOptions options)
{
    public Plot Make(Random random, string kind, long id, DateTimeOffset endsAt, Ticket ticket)
    {
        var isChat = kind == "chat";
        var words = Pick(random, Vocabulary.All);
        var queue = Pick(random, isChat ? Cast.ChatQueues : Cast.CallQueues);
        var unattended = ticket.Expected is ExpectedTicket.None
            ? Pick(random, isChat ? Cast.ChatsUnattended : Cast.CallsUnattended)
            : null;
        var legs = unattended is null ? Legs(random, isChat, queue, endsAt, words) : [];
        var wait = random.Next(5, 240);
        var rating = unattended is null && random.Next(3) > 0 ? random.Next(1, 6) : (int?)null;

        return new Plot(
            kind,
            id,
            words.Language,
            Pick(random, isChat ? Cast.ChatTypes : Cast.CallTypes),
            isChat ? $"customer{id}@example.org" : string.Create(CultureInfo.InvariantCulture, $"+120255501{random.Next(100):00}"),
            CreatedAt: (legs.Count > 0 ? legs[0].ConnectedAt : endsAt).AddSeconds(-wait - random.Next(5, 60)),
            endsAt,
            FinalAt: endsAt.AddSeconds(random.Next(15 * 60, 20 * 60)),
            wait,
            queue,
            legs,
            ticket,
            rating,
            Feedback: rating is not null && random.Next(2) == 0 ? Pick(random, words.Feedback) : null,
            isChat || unattended is not null ? Recording.NotAsked : Pick(random, [Recording.Granted, Recording.Granted, Recording.Denied]),
            unattended,
            options.Instance);
    }

    /// <summary>Built from the end backwards, so that the last agent's talk ends when the session does.</summary>
    private List<Leg> Legs(Random random, bool isChat, Queue first, DateTimeOffset endsAt, Vocabulary words)
    {
        var agents = Cast.Agents.ToArray();
        random.Shuffle(agents);
        var legs = new List<Leg>();
        var count = random.NextDouble() < options.TransferShare ? 2 : 1;

        for (var index = count - 1; index >= 0; index--)
        {
            var talk = random.Next(40, 900);
            var hold = isChat ? 0 : random.Next(0, talk / 3);
            var queue = index == 0 ? first : Pick(random, isChat ? Cast.ChatQueues : Cast.CallQueues);
            legs.Insert(0, new Leg(
                agents[index], queue, endsAt.AddSeconds(-talk), talk, hold, WrapUpSeconds: random.Next(5, 120), Remark(random, words)));
            endsAt = endsAt.AddSeconds(-talk - random.Next(10, 90));
        }

        return legs;
    }

    /// <summary>Codes and notes can each be optional: one in ten agents leaves no note, one in twenty an empty one, a few nothing at all.</summary>
    private static Remark? Remark(Random random, Vocabulary words)
    {
        var code = Pick(random, words.Remarks);
        var order = string.Create(CultureInfo.InvariantCulture, $"{random.Next(10, 100)}-{random.Next(1_000, 10_000)}");
        return random.Next(100) switch
        {
            < 4 => null,
            < 14 => code,
            < 19 => code with { Note = string.Empty },
            _ => code with { Note = Pick(random, words.Notes).Replace("{0}", order, StringComparison.Ordinal) },
        };
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
