using CrmSync.Core.Deliveries;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.Ledger;

/// <summary>A backup is put in the ledger's place, or refused with the ledger left as it is.</summary>
public sealed class SqliteRestoreTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string Backup => Path.Combine(_folder.Path, "backup.db");

    private LedgerOptions Options => new() { Path = _folder.Database };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_backup_is_the_ledger_afterwards_and_the_one_before_is_kept()
    {
        await LiveAsync(async ledger =>
        {
            await ledger.RecordAsync([Recorded.Session(1)], Cancel);
            await ledger.BackUpAsync(Backup, Cancel);
            await ledger.RecordAsync([Recorded.Session(2)], Cancel);
        });

        var kept = await LedgerUpkeep.RestoreAsync(Options, Backup, TimeProvider.System, Cancel);

        await LiveAsync(async ledger => (await ledger.SummarizeAsync(Cancel)).Sessions.ShouldBe(1));
        File.Exists(kept).ShouldBeTrue();
        await using var before = new SqliteLedger(
            new LedgerOptions { Path = kept!, KeyFile = Path.Combine(_folder.Path, "crmsync.key") }, TimeProvider.System, NullLogger<SqliteLedger>.Instance);
        await before.OpenAsync(Cancel);
        (await before.SummarizeAsync(Cancel)).Sessions.ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_ledger_comes_back_from_its_backup()
    {
        var installation = string.Empty;
        await LiveAsync(async ledger =>
        {
            installation = ledger.Installation;
            await ledger.BackUpAsync(Backup, Cancel);
        });
        File.Delete(_folder.Database);
        await Should.ThrowAsync<LedgerException>(() => LiveAsync(_ => Task.CompletedTask));

        (await LedgerUpkeep.RestoreAsync(Options, Backup, TimeProvider.System, Cancel)).ShouldBeNull();

        await LiveAsync(ledger =>
        {
            ledger.Installation.ShouldBe(installation);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Under_a_running_worker_nothing_is_restored() => await LiveAsync(async ledger =>
    {
        await ledger.BackUpAsync(Backup, Cancel);

        (await Should.ThrowAsync<LedgerException>(() => LedgerUpkeep.RestoreAsync(Options, Backup, TimeProvider.System, Cancel)))
            .Message.ShouldContain($"in use by process {Environment.ProcessId}");
    });

    [Fact]
    public async Task A_damaged_backup_or_one_of_another_installation_is_refused_and_the_ledger_left_as_it_is()
    {
        await LiveAsync(ledger => ledger.RecordAsync([Recorded.Session(1)], Cancel));
        await File.WriteAllTextAsync(Backup, new string('x', 8192), Cancel);
        (await Should.ThrowAsync<LedgerException>(RestoreAsync)).Message.ShouldContain("is not a ledger");

        using var elsewhere = new ScratchFolder();
        await using (var other = new SqliteLedger(new LedgerOptions { Path = elsewhere.Database }, TimeProvider.System, NullLogger<SqliteLedger>.Instance))
        {
            await other.OpenAsync(Cancel);
            File.Delete(Backup);
            await other.BackUpAsync(Backup, Cancel);
        }

        (await Should.ThrowAsync<LedgerException>(RestoreAsync)).Message.ShouldContain("is of installation");
        await LiveAsync(async ledger => (await ledger.SummarizeAsync(Cancel)).Sessions.ShouldBe(1));
    }

    [Fact]
    public async Task A_backup_that_the_key_does_not_fit_is_refused()
    {
        await LiveAsync(ledger => ledger.BackUpAsync(Backup, Cancel));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "crmsync.key"), $"crmsync-key-1 {Convert.ToBase64String(new byte[32])}\n", Cancel);

        (await Should.ThrowAsync<LedgerException>(RestoreAsync)).Message.ShouldContain("not the one this ledger was made with");
    }

    private Task<string?> RestoreAsync() => LedgerUpkeep.RestoreAsync(Options, Backup, TimeProvider.System, Cancel);

    private async Task LiveAsync(Func<SqliteLedger, Task> live)
    {
        await using var ledger = new SqliteLedger(Options, TimeProvider.System, NullLogger<SqliteLedger>.Instance);
        await ledger.OpenAsync(Cancel);
        await live(ledger);
    }
}
