using CrmSync.Core.Deliveries;
using CrmSync.Ledger.Sqlite;

namespace CrmSync.Tests.Ledger;

public sealed class SqliteStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_said_so_loses_nothing_and_passes_by_itself()
    {
        using var folder = new ScratchFolder();
        await using var store = await SqliteStore.OpenAsync(folder.Database, Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("create table row (content blob)"), Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("insert into row values (zeroblob(10))"), Cancel);
        await store.WriteAsync(t => t.ListAsync<long>("pragma max_page_count = 10"), Cancel);

        var full = await Should.ThrowAsync<LedgerException>(
            () => store.WriteAsync(t => t.ExecuteAsync("insert into row values (zeroblob(1000000))"), Cancel));

        full.Message.ShouldContain("is full");
        store.Broken.ShouldBeNull();
        await store.WriteAsync(t => t.ListAsync<long>("pragma max_page_count = 10000"), Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("insert into row values (zeroblob(1000000))"), Cancel);
        (await store.ReadAsync(t => t.FirstAsync<long>("select count(*) from row"), Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task A_transaction_that_breaks_off_leaves_nothing_behind()
    {
        using var folder = new ScratchFolder();
        await using var store = await SqliteStore.OpenAsync(folder.Database, Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("create table row (content text)"), Cancel);

        await Should.ThrowAsync<FormatException>(() => store.WriteAsync<int>(
            async t =>
            {
                await t.ExecuteAsync("insert into row values ('half')");
                throw new FormatException();
            },
            Cancel));

        (await store.ReadAsync(t => t.FirstAsync<long>("select count(*) from row"), Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        using var folder = new ScratchFolder();
        await using var store = await SqliteStore.OpenAsync(folder.Database, Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("create table row (content text)"), Cancel);

        (await Should.ThrowAsync<LedgerException>(() => store.ReadAsync(t => t.ExecuteAsync("insert into row values ('x')"), Cancel)))
            .Message.ShouldContain("may not be written");
    }

    [Fact]
    public async Task A_reader_sees_what_was_committed_while_somebody_writes()
    {
        using var folder = new ScratchFolder();
        await using var store = await SqliteStore.OpenAsync(folder.Database, Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("create table row (content text)"), Cancel);

        await store.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync("insert into row values ('x')");
                (await store.ReadAsync(r => r.FirstAsync<long>("select count(*) from row"), Cancel)).ShouldBe(0);
                return 0;
            },
            Cancel);

        (await store.ReadAsync(t => t.FirstAsync<long>("select count(*) from row"), Cancel)).ShouldBe(1);
    }
}
