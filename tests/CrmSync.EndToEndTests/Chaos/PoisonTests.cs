using System.Text;
using CrmSync.EndToEndTests.Support;

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
        await using var stage = await Stage.BuildAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions: 40));
        var hostile = Hostile().ToList();
        hostile.ForEach(file => Drop(stage, file.Name, file.Content));
        await using var worker = await stage.StartAsync();
        await stage.RestAsync(worker);

        var quarantined = await Eventually.FindAsync(
            "all hostile files",
            async () => await stage.AskAsync(1, client => client.ListQuarantinedAsync(0, 500, TestContext.Current.CancellationToken)) is { } found && found.Count >= hostile.Count
                ? found
                : null,
            () => worker.Story);

        quarantined.ToDictionary(file => file.File.Locator, file => file.Fault.Reason.Code).ShouldBe(
            hostile.ToDictionary(file => file.Name, file => file.Reason), ignoreOrder: true);
        var tally = await stage.TallyAsync();
        tally.IsExact.ShouldBeTrue(tally.ToString());
        worker.HasExited.ShouldBeFalse(worker.Story);
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
