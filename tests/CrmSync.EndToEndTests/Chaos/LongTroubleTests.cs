namespace CrmSync.EndToEndTests.Chaos;

/// <summary>The other chaos tests at full size, for docs/reliability.md. Run by <c>tests/chaos --what ...</c>; too long for every change.</summary>
public sealed class LongTroubleTests
{
    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task Workers_freeze_in_turn(string crm) =>
        StrikeAsync("frozen", crm, TestLedger.Postgres, sessions: 500, times: 10, FrozenWorkerTests.FreezeAsync);

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task The_clock_jumps_again_and_again(string crm) =>
        StrikeAsync("clock", crm, TestLedger.Sqlite, sessions: 600, times: 10, ClockJumpTests.JumpAsync);

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task The_disk_is_full_again_and_again_and_the_worker_waits(string crm) =>
        StrikeAsync("disk", crm, TestLedger.Sqlite, sessions: 1_000, times: 20, (plan, times) => LedgerTroubleTests.FillDiskAsync(plan, times, lives: true));

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task The_disk_is_full_again_and_again_and_the_worker_dies(string crm) =>
        StrikeAsync("disk", crm, TestLedger.Sqlite, sessions: 500, times: 10, (plan, times) => LedgerTroubleTests.FillDiskAsync(plan, times, lives: false));

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task The_disk_fails_again_and_again(string crm) =>
        StrikeAsync("eio", crm, TestLedger.Sqlite, sessions: 500, times: 10, LedgerTroubleTests.FailDiskAsync);

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task The_power_goes_again_and_again(string crm) =>
        StrikeAsync("power", crm, TestLedger.Sqlite, sessions: 3_000, times: 100, PowerCutTests.CutAsync);

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task The_database_crashes_again_and_again(string crm) =>
        StrikeAsync("restart", crm, TestLedger.Postgres, sessions: 1_800, times: 60, LedgerTroubleTests.RestartDatabaseAsync);

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task A_backup_is_restored(string crm) =>
        StrikeAsync("restore", crm, TestLedger.Sqlite, sessions: 2_000, times: 1, (plan, _) => RestoreTests.RestoreAsync(plan));

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public Task Workers_are_stopped_again_and_again(string crm) => StrikeAsync(
        "shutdown",
        crm,
        TestLedger.Sqlite,
        sessions: 500,
        times: 10,
        async (plan, times) =>
        {
            var (report, leftSending) = await ShutdownTests.StopAsync(plan, times);
            leftSending.ShouldBe(0);
            return report;
        });

    [Theory(Explicit = true)]
    [MemberData(nameof(Crms))]
    public async Task Hostile_files_come_one_to_one_with_good_ones(string crm)
    {
        Demand(crm, TestLedger.Sqlite);
        foreach (var seed in LongForm.Seeds)
        {
            var plan = new StagePlan(crm, TestLedger.Sqlite, seed, LongForm.SessionsOr(5_000));
            var alone = await PoisonTests.MixAsync(plan, hostile: 0);
            var mixed = await PoisonTests.MixAsync(plan, hostile: plan.Sessions);
            LongForm.Report("poison", MixReport.Heading, mixed.Row(alone));

            mixed.ShouldBeHarmless();
        }
    }

    private static async Task StrikeAsync(string name, string crm, string ledger, int sessions, int times, Func<StagePlan, int, Task<TroubleReport>> strike)
    {
        Demand(crm, ledger);
        foreach (var seed in LongForm.Seeds)
        {
            var since = TimeProvider.System.GetTimestamp();
            var report = await strike(new StagePlan(crm, ledger, seed, LongForm.SessionsOr(sessions)), LongForm.TimesOr(times));
            LongForm.Report(name, TroubleReport.Heading, report.Row(TimeProvider.System.GetElapsedTime(since)));

            report.ShouldBeHarmless();
        }
    }

    private static void Demand(string crm, string ledger)
    {
        if (!LongForm.Includes(crm, ledger))
        {
            Assert.Skip("Not asked for: CHAOS_CRM or CHAOS_LEDGER names another.");
        }
    }
}
