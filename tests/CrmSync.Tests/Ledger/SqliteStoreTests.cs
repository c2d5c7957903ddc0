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

    [Fact]
    public async Task Work_that_waits_at_the_same_time_shares_one_commit()
    {
        using var folder = new ScratchFolder();
        await using var store = await SqliteStore.OpenAsync(folder.Database, Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("create table row (content integer)"), Cancel);
        var before = Commits(folder.Database);

        var rows = await WhileSomebodyWritesAsync(store, () => [.. Enumerable.Range(0, 5).Select(i => Insert(store, i))]);

        rows.ShouldBe([1, 1, 1, 1, 1]);
        (Commits(folder.Database) - before).ShouldBe(2u);
        (await store.ReadAsync(t => t.FirstAsync<long>("select count(*) from row"), Cancel)).ShouldBe(6);
    }

    [Fact]
    public async Task In_a_shared_commit_a_mistake_undoes_its_own_work_only()
    {
        using var folder = new ScratchFolder();
        await using var store = await SqliteStore.OpenAsync(folder.Database, Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("create table row (content integer unique)"), Cancel);
        Task<int> mistaken = null!;

        var rows = await WhileSomebodyWritesAsync(store, () =>
        {
            var first = Insert(store, 1);
            mistaken = store.WriteAsync<int>(
                async t =>
                {
                    await t.ExecuteAsync("insert into row values (2)");
                    return await t.ExecuteAsync("insert into row values (1)");
                },
                Cancel);
            return [first, Insert(store, 3)];
        });

        rows.ShouldBe([1, 1]);
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => mistaken);
        (await store.ReadAsync(t => t.ListAsync<long>("select content from row order by content"), Cancel)).ShouldBe([-1, 1, 3]);
    }

    [Fact]
    public async Task In_a_shared_commit_a_full_disk_is_everybodys_trouble()
    {
        using var folder = new ScratchFolder();
        await using var store = await SqliteStore.OpenAsync(folder.Database, Cancel);
        await store.WriteAsync(t => t.ExecuteAsync("create table row (content)"), Cancel);
        await store.WriteAsync(t => t.ListAsync<long>("pragma max_page_count = 10"), Cancel);
        Task<int> large = null!;
        Task<int> small = null!;

        await WhileSomebodyWritesAsync(store, () =>
        {
            small = Insert(store, 1);
            large = store.WriteAsync(t => t.ExecuteAsync("insert into row values (zeroblob(1000000))"), Cancel);
            return [];
        });

        await Should.ThrowAsync<LedgerException>(() => large);
        await Should.ThrowAsync<LedgerException>(() => small);
        (await store.ReadAsync(t => t.ListAsync<long>("select content from row"), Cancel)).ShouldBe([-1]);
    }

    // One piece of work holds the writer until the others stand in line.
    private static async Task<int[]> WhileSomebodyWritesAsync(SqliteStore store, Func<Task<int>[]> others)
    {
        var (holds, mayGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holder = store.WriteAsync(
            async t =>
            {
                holds.SetResult();
                await mayGo.Task;
                return await t.ExecuteAsync("insert into row values (-1)");
            },
            Cancel);
        await holds.Task;
        var waiting = others();
        mayGo.SetResult();
        await holder;
        return await Task.WhenAll(waiting);
    }

    private static Task<int> Insert(SqliteStore store, int content) =>
        store.WriteAsync(t => t.ExecuteAsync("insert into row values (@content)", new { content }), Cancel);

    // The counter of transactions in the head of the WAL index: https://sqlite.org/walformat.html#the_wal_index_header
    private static uint Commits(string database)
    {
        using var index = new FileStream(database + "-shm", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var head = new byte[12];
        index.ReadExactly(head);
        return BitConverter.ToUInt32(head, 8);
    }
}
