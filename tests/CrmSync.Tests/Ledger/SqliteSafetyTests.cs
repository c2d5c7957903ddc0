using System.Text;
using CrmSync.Core.Deliveries;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using CrmSync.TestSupport;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.Ledger;

/// <summary>What goes wrong with files: the database, its key, its lock.</summary>
public sealed class SqliteSafetyTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly List<SqliteLedger> _opened = [];

    private string Database => _folder.Database;

    private string Key => Path.Combine(_folder.Path, "crmsync.key");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_second_worker_is_refused_with_the_process_of_the_first()
    {
        await OpenAsync();

        var refused = await Should.ThrowAsync<LedgerException>(OpenAsync);

        refused.Message.ShouldContain($"in use by process {Environment.ProcessId} on {Environment.MachineName}");
    }

    [Fact]
    public async Task The_next_worker_may_open_what_the_last_one_closed()
    {
        var name = (await OpenAsync()).Installation;
        await CloseAsync();

        (await OpenAsync()).Installation.ShouldBe(name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ledger_that_disappeared_is_missed_and_not_replaced_by_an_empty_one(bool truncated)
    {
        var name = (await OpenAsync()).Installation;
        await CloseAsync();
        File.Delete(Database);
        if (truncated)
        {
            await File.WriteAllBytesAsync(Database, [], Cancel);
        }

        var refused = await Should.ThrowAsync<LedgerException>(OpenAsync);

        refused.Message.ShouldContain($"of installation {name} is gone");
        SizeOfDatabase().ShouldBe(0);
        File.Delete(LedgerLock.OwnerPath(Database));
        (await OpenAsync()).Installation.ShouldNotBe(name);
    }

    [Fact]
    public async Task A_missing_key_is_named_and_no_new_one_made()
    {
        await OpenAsync();
        await CloseAsync();
        File.Delete(Key);

        (await Should.ThrowAsync<LedgerException>(OpenAsync)).Message.ShouldContain($"key file {Key} is missing");

        File.Exists(Key).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        await OpenAsync();
        await CloseAsync();
        var text = await File.ReadAllTextAsync(Key, Cancel);
        await File.WriteAllTextAsync(Key, $"crmsync-key-1 {Convert.ToBase64String(new byte[32])}\n", Cancel);

        (await Should.ThrowAsync<LedgerException>(OpenAsync)).Message.ShouldContain("not the one this ledger was made with");

        await File.WriteAllTextAsync(Key, "garbage", Cancel);
        (await Should.ThrowAsync<LedgerException>(OpenAsync)).Message.ShouldContain("is damaged");
        await File.WriteAllTextAsync(Key, text, Cancel);
        await OpenAsync();
    }

    [Fact]
    public async Task The_key_is_for_its_owner_only_and_refused_when_everybody_may_read_it()
    {
        Requires.That(!OperatingSystem.IsWindows(), "File modes are a matter of Unix.");
        await OpenAsync();
        await CloseAsync();
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        UnixMode(Key).ShouldBe(Owner);

        UnixMode(Key, Owner | UnixFileMode.OtherRead);

        (await Should.ThrowAsync<LedgerException>(OpenAsync)).Message.ShouldContain($"chmod 600 {Key}");
    }

    [Fact]
    public async Task A_newer_schema_than_the_programs_is_refused()
    {
        await OpenAsync();
        await CloseAsync();
        await ExecuteAsync("insert into schema_version values (999, '999_future.sql', 0)");

        (await Should.ThrowAsync<LedgerException>(OpenAsync)).Message.ShouldContain("schema 999");
    }

    [Fact]
    public async Task Another_programs_database_is_left_alone()
    {
        await ExecuteAsync("create table contact (name text)");

        (await Should.ThrowAsync<LedgerException>(OpenAsync)).Message.ShouldContain("another program's database");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        await File.WriteAllTextAsync(Database, new string('x', 8192), Cancel);

        (await Should.ThrowAsync<LedgerException>(OpenAsync)).Message.ShouldContain("is not a ledger");

        new FileInfo(Database).Length.ShouldBe(8192);
    }

    [Fact]
    public async Task Nothing_of_a_session_file_can_be_read_from_the_disk()
    {
        const string Canary = "+1-206-555-0142 canary@example.org";
        var ledger = await OpenAsync();
        await ledger.RecordAsync([Recorded.Session(135, content: $"{{\"phone\":\"{Canary}\"}}")], Cancel);
        await CloseAsync();

        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)).ShouldNotContain(Canary);
        }
    }

    [Fact]
    public async Task A_file_that_was_moved_to_another_session_does_not_open()
    {
        var ledger = await OpenAsync();
        await ledger.RecordAsync(
            [.. new long[] { 1, 2 }.Select(id => Recorded.Session(id, content: $"{{\"id\":{id}}}", deliveries: [Recorded.Delivery(id, "zendesk")]))], Cancel);
        await CloseAsync();
        await ExecuteAsync("update payload set sealed = (select p.sealed from payload p where p.session_id = 2)");

        ledger = await OpenAsync();
        var claimed = await ledger.ClaimAsync("zendesk", 2, TimeSpan.FromMinutes(5), Cancel);
        var files = await ledger.ReadAsync(claimed, Cancel);

        files.Select(file => file is not null).ShouldBe(claimed.Select(d => d.Session.Id == 2));
    }

    [Fact]
    public async Task A_finished_attempt_and_the_audit_cannot_be_changed()
    {
        var ledger = await OpenAsync();
        await ledger.RecordAsync([Recorded.Session(1, deliveries: [Recorded.Delivery(1, "zendesk")])], Cancel);
        var claimed = (await ledger.ClaimAsync("zendesk", 2, TimeSpan.FromMinutes(5), Cancel)).ShouldHaveSingleItem();
        var fault = new CrmSync.Core.Fault(CrmSync.Core.ReasonCodes.NoTicket, "None.");
        await ledger.SettleAsync(
            [new Settlement(claimed.Id, claimed.Token, AttemptPhase.Resolve, "Gone", new Verdict.Park(fault), TimeSpan.Zero)], Cancel);
        await ledger.RetryAsync(new DeliveryFilter("zendesk"), "ana", Cancel);
        await CloseAsync();

        await Should.ThrowAsync<SqliteException>(() => ExecuteAsync("update attempt set outcome = 'Delivered'"));
        await Should.ThrowAsync<SqliteException>(() => ExecuteAsync("update audit set actor = 'nobody'"));
        await Should.ThrowAsync<SqliteException>(() => ExecuteAsync("delete from audit"));
        (await QueryAsync("select actor || ' ' || action || ' ' || filter || ' ' || deliveries from audit"))
            .ShouldBe("""ana retry {"connector":"zendesk"} [1]""");
    }

    [Theory]
    [InlineData("nfs4", true)]
    [InlineData("cifs", true)]
    [InlineData("9p", true)]
    [InlineData("fuse.sshfs", true)]
    [InlineData("ext4", false)]
    [InlineData("xfs", false)]
    [InlineData("tmpfs", false)]
    [InlineData("overlay", false)]
    public void Network_file_systems_are_known(string fileSystem, bool network) => LedgerFolder.IsNetwork(fileSystem).ShouldBe(network);

    [Theory]
    [InlineData(2_000, 100_000, false)]
    [InlineData(1_000, 100_000, true)]
    [InlineData(900, 4_000, false)]
    [InlineData(300, 4_000, true)]
    public void Room_is_low_below_a_gibibyte_or_a_tenth_of_a_small_disk(long freeMb, long totalMb, bool low) =>
        LedgerFolder.IsLow(freeMb << 20, totalMb << 20).ShouldBe(low);

    [Fact]
    public async Task A_copy_made_while_in_use_opens_as_a_ledger()
    {
        var ledger = await OpenAsync();
        await ledger.RecordAsync([Recorded.Session(135)], Cancel);
        var copy = Path.Combine(_folder.Path, "copy.db");

        await ledger.BackUpAsync(copy, Cancel);

        UnixMode(copy).ShouldBe(OperatingSystem.IsWindows() ? UnixFileMode.None : UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Should.ThrowAsync<LedgerException>(() => ledger.BackUpAsync(copy, Cancel))).Message.ShouldContain("never replaces another one");
        var nowhere = Path.Combine(_folder.Path, "nowhere", "copy.db");
        (await Should.ThrowAsync<LedgerException>(() => ledger.BackUpAsync(nowhere, Cancel))).Message.ShouldContain("Check that its folder exists");

        await using var restored = New(copy);
        await restored.OpenAsync(Cancel);
        restored.Installation.ShouldBe(ledger.Installation);
        (await restored.SummarizeAsync(Cancel)).Sessions.ShouldBe(1);
    }

    [Fact]
    public async Task A_healthy_ledger_passes_its_check_and_a_damaged_one_does_not()
    {
        var ledger = await OpenAsync();
        await ledger.RecordAsync([.. Enumerable.Range(1, 200).Select(id => Recorded.Session(id))], Cancel);
        (await ledger.CheckUpAsync(Cancel)).Troubles.ShouldBeEmpty();
        await CloseAsync();
        await DamageAsync();

        ledger = await OpenAsync();

        (await ledger.CheckUpAsync(Cancel)).Troubles.ShouldNotBeEmpty();
    }

    private SqliteLedger New(string path) => new(new LedgerOptions { Path = path }, TimeProvider.System, NullLogger<SqliteLedger>.Instance);

    private async Task<SqliteLedger> OpenAsync()
    {
        var ledger = New(Database);
        _opened.Add(ledger);
        await ledger.OpenAsync(Cancel);
        return ledger;
    }

    private async Task CloseAsync()
    {
        foreach (var ledger in _opened)
        {
            await ledger.DisposeAsync();
        }

        _opened.Clear();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    private async Task<string?> QueryAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        return await connection.ExecuteScalarAsync<string>(sql);
    }

    // The root page of an index: its entries point at rows that are not theirs any more.
    private async Task DamageAsync()
    {
        var page = int.Parse((await QueryAsync("select rootpage from sqlite_schema where name = 'session_recorded'"))!, System.Globalization.CultureInfo.InvariantCulture);
        await using var file = File.OpenWrite(Database);
        file.Position = ((page - 1) * 4096) + 3000;
        await file.WriteAsync(new byte[500], Cancel);
    }

    private long SizeOfDatabase() => File.Exists(Database) ? new FileInfo(Database).Length : 0;

    private static UnixFileMode UnixMode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static void UnixMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
