using System.Text;
using CrmSync.Core.Deliveries;
using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Platform;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>Hostile files among good ones: each is put aside with its reason, and the good ones do not notice.</summary>
public sealed class PoisonTests
{
    private const int Seed = 20260313;

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Every_good_session_is_delivered_and_every_hostile_file_is_put_aside_with_its_reason(string crm)
    {
        var report = await MixAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions: 40), hostile: 40);

        report.ShouldBeHarmless();
    }

    /// <summary>One good file is damaged on its way: were the check blind, it would find nothing missing.</summary>
    [Fact]
    public async Task A_session_whose_file_is_damaged_is_missed_by_the_check()
    {
        await using var stage = await Stage.BuildAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions: 10), drop: false);
        await stage.DropAsync(stage.Sessions.Skip(1));
        Drop(stage, Path.GetFileName(stage.Sessions[0].RelativePath), stage.Sessions[0].Final[..^2].ToArray());
        await using var worker = await stage.StartAsync();
        await Eventually.FindAsync(
            "the rest",
            async () => (await stage.SummaryAsync()) is { FilesQuarantined: 1 } summary && summary.Counts.Sum(count => count.Count) == 9 && stage.Crm.Content().Files.Count == 9
                ? "rest"
                : null,
            () => worker.Story);

        (await stage.TallyAsync()).Lost.ShouldBe(2, "its file and its note");
    }

    /// <summary>So many hostile files as good ones lie in the folder when the worker starts, all mixed.</summary>
    internal static async Task<MixReport> MixAsync(StagePlan plan, int hostile)
    {
        await using var stage = await Stage.BuildAsync(plan);
        var files = Hostile().Concat(Damaged(stage.Sessions, plan.Seed)).Take(hostile).ToList();
        files.ForEach(file => Drop(stage, file.Name, file.Content));
        var since = TimeProvider.System.GetUtcNow();
        await using var worker = await stage.StartAsync();
        await stage.RestAsync(worker);
        var quarantined = await Eventually.FindAsync(
            "all hostile files",
            async () => (await stage.SummaryAsync()).FilesQuarantined >= hostile ? await QuarantinedAsync(stage) : null,
            () => worker.Story);

        var expected = files.ToDictionary(file => file.Name, file => file.Reason, StringComparer.Ordinal);
        var wrong = quarantined.Where(file => expected.GetValueOrDefault(file.File.Locator) != file.Fault.Reason.Code)
            .Select(file => $"{file.File.Locator}: {file.Fault.Reason.Code}, not {expected.GetValueOrDefault(file.File.Locator)}").ToList();
        var delays = (await stage.DeliveriesAsync()).Select(delivery => (delivery.DeliveredAt ?? DateTimeOffset.MaxValue) - since).Order().ToList();
        return new MixReport(plan, hostile, quarantined.Count, wrong, delays[delays.Count * 99 / 100], worker.HasExited, await stage.TallyAsync());
    }

    private static async Task<IReadOnlyList<QuarantinedFile>> QuarantinedAsync(Stage stage)
    {
        const int Page = 500;
        var all = new List<QuarantinedFile>();
        while (await stage.AskAsync(1, client => client.ListQuarantinedAsync(all.Count, Page, TestContext.Current.CancellationToken)) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }

    /// <summary>Sessions as a broken writer, line or disk would leave them, without end.</summary>
    private static IEnumerable<(string Name, byte[] Content, string Reason)> Damaged(IReadOnlyList<GeneratedSession> sessions, int seed)
    {
        var random = new Random(seed);
        for (var number = 0; ; number++)
        {
            var good = sessions[number % sessions.Count].Final.ToArray();
            var whole = good.AsSpan().LastIndexOf((byte)'}');
            var begin = good.AsSpan().IndexOf((byte)'{') + 1;
            yield return (number % 4) switch
            {
                0 => ($"damaged-{number}.json", good[..random.Next(begin, whole)], "JSON_TRUNCATED"),
                1 => ($"damaged-{number}.json", [.. good, .. good], "JSON_TRAILING_DATA"),
                2 => ($"damaged-{number}.json", [.. good[..begin], .. "\"broken\":\""u8, 0xC3, 0x28, .. "\","u8, .. good[begin..]], "TEXT_INVALID"),
                _ => ($"damaged-{number}.json", [.. good[..begin], .. "\"id\":1,"u8, .. good[begin..]], "JSON_DUPLICATE_KEY"),
            };
        }
    }

    private static IEnumerable<(string Name, byte[] Content, string Reason)> Hostile()
    {
        const string Good = """{"id":900001,"call_type":"Voice Inbound (IVR)","status":"finished","ends_at":"2026-03-05T11:00:00Z"}""";
        var good = Encoding.UTF8.GetBytes(Good);
        for (var cut = 1; cut < good.Length; cut += 9)
        {
            yield return ($"cut-{cut}.json", good[..cut], "JSON_TRUNCATED");
        }

        yield return ("empty.json", [], "JSON_EMPTY");
        yield return ("null.json", "null"u8.ToArray(), "JSON_EMPTY");
        yield return ("zeroes.json", new byte[4_096], "JSON_EMPTY");
        yield return ("prose.json", "Dear colleague, please find attached"u8.ToArray(), "JSON_INVALID");
        yield return ("two.json", [.. good, .. good], "JSON_TRAILING_DATA");
        yield return ("twice.json", """{"id":1,"call_type":"x","\u0069d":2}"""u8.ToArray(), "JSON_DUPLICATE_KEY");
        yield return ("deep.json", Encoding.UTF8.GetBytes($"{{\"id\":1,\"call_type\":\"x\",\"a\":{new string('[', 100_000)}{new string(']', 100_000)}}}"), "JSON_TOO_DEEP");
        yield return ("wide.json", Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 500_000).Select(i => $"\"k{i}\":1")) + "}"), "JSON_TOO_MANY_KEYS");
        yield return ("bytes.json", [.. "{\"id\":1,\"call_type\":\""u8, 0xC3, 0x28, .. "\"}"u8], "TEXT_INVALID");
        yield return ("surrogate.json", """{"id":1,"call_type":"\ud800"}"""u8.ToArray(), "TEXT_INVALID");
        yield return ("list.json", "[1,2,3]"u8.ToArray(), "NOT_A_SESSION");
        yield return ("nameless.json", """{"call_type":"x","status":"finished"}"""u8.ToArray(), "NOT_A_SESSION");
        yield return ("kindless.json", """{"id":1,"status":"finished"}"""u8.ToArray(), "KIND_UNKNOWN");
        yield return ("call-7.json", good, "NAME_MISMATCH");
    }

    // As old as a file that nobody writes to any more.
    private static void Drop(Stage stage, string name, byte[] content)
    {
        var path = Path.Combine(stage.Inbox, name);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddYears(55));
    }
}

/// <param name="WrongReasons">Hostile files that were put aside for another reason than they are hostile for.</param>
/// <param name="Slowest">From the start until 99 of 100 good sessions were delivered.</param>
internal sealed record MixReport(StagePlan Plan, int Hostile, int PutAside, IReadOnlyList<string> WrongReasons, TimeSpan Slowest, bool Died, Tally Tally)
{
    public const string Heading =
        "| CRM | seed | good | hostile | put aside | for a wrong reason | lost | twice | wrong | 99 % of the good delivered after, s | with no hostile ones, s |";

    public string Row(MixReport alone) => FormattableString.Invariant(
        $"| {Plan.Crm} | {Plan.Seed} | {Plan.Sessions} | {Hostile} | {PutAside} | {WrongReasons.Count} | {Tally.Lost} | {Tally.Twice} | {Tally.Wrong} | {Slowest.TotalSeconds:0} | {alone.Slowest.TotalSeconds:0} |");

    public void ShouldBeHarmless()
    {
        WrongReasons.ShouldBeEmpty();
        PutAside.ShouldBe(Hostile);
        Tally.IsExact.ShouldBeTrue(Tally.ToString());
        Died.ShouldBeFalse();
    }
}
