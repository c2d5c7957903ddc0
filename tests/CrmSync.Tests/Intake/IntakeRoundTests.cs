using CrmSync.Connectors.Sources.Folder;
using CrmSync.Core.Intake;
using CrmSync.Core.Routing;
using CrmSync.Core.Sessions;
using CrmSync.Tests.Sources;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Intake;

public sealed class IntakeRoundTests : IDisposable
{
    private readonly InboxFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Some.Now);
    private readonly RecordingLedger _ledger = new();
    private readonly FolderSourceOptions _options = new();

    public IntakeRoundTests() => _options.Path = _folder["inbox"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_is_recorded_with_its_deliveries_and_bytes()
    {
        Write("call-7.json", Finished(7, "\"out_ticket_id\":\"884213\""));

        var summary = await RunAsync();

        summary.ShouldBe(new IntakeSummary(Seen: 1, Recorded: 1, Due: 1));
        var revision = _ledger.Records.ShouldHaveSingleItem().Revision!;
        revision.Session.ShouldBe(new SessionKey("default", SessionKind.Call, 7));
        revision.Bytes.ToArray().ShouldBe(File.ReadAllBytes(_folder["inbox/call-7.json"]));
        var delivery = revision.Deliveries.ShouldHaveSingleItem();
        delivery.Connector.ShouldBe("records");
        delivery.Lane.ShouldBe("884213");
        delivery.Key.Value.ShouldStartWith("crmsync_test_default_call_7_");
    }

    [Fact]
    public async Task The_same_file_sent_again_makes_no_second_note()
    {
        Write("call-7.json", Finished(7));
        await RunAsync();

        Write("call-7.json", Finished(7), Some.Now.AddMinutes(-30));
        Write("2026/05/call-7.json", Finished(7));
        Write("other-name.json", " " + Finished(7));

        (await RunAsync()).ShouldBe(new IntakeSummary(Seen: 3, Duplicates: 3));
        _ledger.Deliveries.ShouldHaveSingleItem();
        (await RunAsync()).ShouldBe(new IntakeSummary(Seen: 3));
    }

    [Fact]
    public async Task A_new_content_under_the_same_name_is_the_next_revision()
    {
        _ledger.SendsAtOnce = true;
        Write("call-7.json", Finished(7));
        await RunAsync();

        Write("call-7.json", Finished(7, "\"rating\":4"), Some.Now.AddMinutes(-30));
        await RunAsync();

        _ledger.Records.Select(record => record.Decision).ShouldBe([IntakeDecisionKind.New, IntakeDecisionKind.Revision]);
        _ledger.Records[^1].Revision!.Follows.ShouldBe(1);
        _ledger.Deliveries.Select(delivery => delivery.Key).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_exports_found_together_the_newer_one_stays()
    {
        Write("a/call-7.json", Finished(7, "\"updated_at\":\"2026-05-20T10:00:00Z\""));
        Write("b/call-7.json", Finished(7, "\"updated_at\":\"2026-05-20T10:15:00Z\",\"rating\":5"));

        await RunAsync();

        var current = _ledger.Records.Last(record => record.Revision is not null).Revision!;
        current.Facts.UpdatedAt.ShouldBe(new DateTimeOffset(2026, 5, 20, 10, 15, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_cut_file_waits_then_is_quarantined_then_read_again_when_it_changes()
    {
        Write("call-7.json", "{\"id\":7,", Some.Now.AddMinutes(-1));

        (await RunAsync()).Waiting.ShouldBe(1);
        _ledger.Records.ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromMinutes(10));
        (await RunAsync()).Quarantined.ShouldBe(1);
        _ledger.Records.ShouldHaveSingleItem().Fault!.Reason.Code.ShouldBe("JSON_TRUNCATED");
        (await RunAsync()).Quarantined.ShouldBe(0);

        Write("call-7.json", Finished(7), Some.Now);
        (await RunAsync()).Recorded.ShouldBe(1);
    }

    [Fact]
    public async Task A_drip_fed_file_is_delivered_once_and_whole()
    {
        var content = Finished(7, $"\"feedback\":\"{new string('x', 3000)}\"");
        for (var length = 1; length < content.Length; length += 300)
        {
            Write("call-7.json", content[..length], _clock.GetUtcNow());
            await RunAsync();
            _clock.Advance(TimeSpan.FromSeconds(7));
            await RunAsync();
        }

        Write("call-7.json", content, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromSeconds(7));
        await RunAsync();

        _ledger.Records.ShouldHaveSingleItem().Revision!.Bytes.Length.ShouldBe(content.Length);
    }

    [Fact]
    public async Task A_bad_file_does_not_stop_its_neighbours()
    {
        Write("call-1.json", "not a session");
        Write("call-2.json", Finished(2));
        Write("call-3.json", Finished(4));
        Write("chat-5.json", Finished(5));

        (await RunAsync()).ShouldBe(new IntakeSummary(Seen: 4, Recorded: 1, Quarantined: 3, Due: 1));
        _ledger.Records.Select(record => record.Fault?.Reason.Code).OfType<string>().Order()
            .ShouldBe(["JSON_INVALID", "NAME_MISMATCH", "NAME_MISMATCH"]);
    }

    [Fact]
    public async Task A_session_before_the_start_date_is_skipped_in_sight()
    {
        _options.StartFrom = Some.Now;
        Write("call-7.json", Finished(7));

        await RunAsync();

        _ledger.Deliveries.ShouldHaveSingleItem().State.ShouldBe(CrmSync.Core.Deliveries.DeliveryState.Skipped);
    }

    [Fact]
    public async Task A_session_without_a_route_says_so()
    {
        Write("chat-9.json", """{"id":9,"chat_type":"Messaging (SMS)","status":"finished"}""");

        await RunAsync();

        _ledger.Records.ShouldHaveSingleItem().Fault!.Reason.Code.ShouldBe("NO_ROUTE");
    }

    [Fact]
    public async Task A_missing_folder_is_noted_as_an_error()
    {
        _options.Path = _folder["gone"];

        var summary = await RunAsync();

        summary.Error!.Reason.Code.ShouldBe("SOURCE_UNREACHABLE");
        _ledger.Notes.ShouldHaveSingleItem().Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_worker_that_was_first_is_decided_against_anew()
    {
        Write("call-7.json", Finished(7));
        _ledger.Conflicts = 2;

        (await RunAsync()).Recorded.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_changed_in_the_folder_unless_asked()
    {
        Write("call-7.json", Finished(7));

        await RunAsync();

        File.Exists(_folder["inbox/call-7.json"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Recorded_files_are_archived_and_never_overwritten()
    {
        _options.ArchiveTo = _folder["archive"];
        Write("2026/call-7.json", Finished(7));
        await RunAsync();
        Write("2026/call-7.json", Finished(7, "\"rating\":4"));
        await RunAsync();
        Write("call-8.json", "broken!");
        await RunAsync();

        var archived = Directory.GetFiles(_folder["archive/2026"]).Select(Path.GetFileName).Order().ToList();
        archived.Count.ShouldBe(2);
        archived.ShouldContain("call-7.json");
        File.ReadAllText(_folder["archive/2026/call-7.json"]).ShouldBe(Finished(7));
        File.Exists(_folder["inbox/call-8.json"]).ShouldBeTrue("a quarantined file stays where it can be mended");
    }

    [Fact]
    public async Task A_stop_between_commit_and_archive_is_harmless()
    {
        Write("call-7.json", Finished(7));
        await RunAsync();
        _options.ArchiveTo = _folder["archive"];

        (await RunAsync()).ShouldBe(new IntakeSummary(Seen: 1));

        File.Exists(_folder["archive/call-7.json"]).ShouldBeTrue();
        _ledger.Deliveries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_archive_that_cannot_be_written_neither_loops_nor_loses()
    {
        await File.WriteAllTextAsync(_folder["blocked"], "a file where the folder should be", TestContext.Current.CancellationToken);
        _options.ArchiveTo = _folder["blocked"];
        Write("call-7.json", Finished(7));

        (await RunAsync()).Recorded.ShouldBe(1);
        (await RunAsync()).Recorded.ShouldBe(0);

        File.Exists(_folder["inbox/call-7.json"]).ShouldBeTrue();
        _ledger.Deliveries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Many_files_go_through_in_batches()
    {
        for (var id = 1; id <= 1_203; id++)
        {
            Write($"{id % 7}/call-{id}.json", Finished(id));
        }

        (await RunAsync()).ShouldBe(new IntakeSummary(Seen: 1_203, Recorded: 1_203, Due: 1_203));
        _ledger.Records.Select(record => record.Revision!.Session).Distinct().Count().ShouldBe(1_203);
    }

    private static string Finished(long id, string keys = "\"rating\":null") =>
        $$"""{"id":{{id}},"call_type":"Voice Inbound (IVR)","status":"finished","ends_at":"2026-05-20T09:00:00Z",{{keys}}}""";

    private void Write(string name, string content, DateTimeOffset? modifiedAt = null) =>
        _folder.Write($"inbox/{name}", content, modifiedAt);

    private Task<IntakeSummary> RunAsync() =>
        new IntakeRound(_ledger, new DeliveryPlanner(CallsToRecords, (_, session) => session.OutTicket?.Id, () => "test"), _clock, NullLogger<IntakeRound>.Instance)
            .RunAsync(new FolderSource("inbox", _options, _clock), TestContext.Current.CancellationToken);

    private static RouteChoice CallsToRecords(SessionMetadata session) =>
        new(session.Key.Kind is SessionKind.Call ? new Route("calls", string.Empty, ["records"], null, null) : null, []);
}
