using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport.Postgres;

namespace CrmSync.EndToEndTests;

/// <summary>Many sessions of few tickets: their notes never get in each other's way, however many workers there are.</summary>
public sealed class ZendeskSharedTicketTests(PostgresCluster cluster)
{
    private const int Seed = 11;
    private const int Sessions = 240;
    private const int PerTicket = 12;

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task One_worker_writes_them_in_the_order_of_the_sessions(string mode)
    {
        await using var stage = await ZendeskWorkerStage.BuildAsync(Seed, Sessions, PerTicket, ("Mode", mode));

        await stage.RunAsync(connector => connector);

        ShouldBeInOrder(stage);
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task Three_workers_write_them_in_the_order_of_the_sessions(string mode)
    {
        var database = await cluster.NewDatabaseAsync();
        await using (var stage = await ZendeskWorkerStage.BuildAsync(database, Seed, Sessions, PerTicket, ("Mode", mode)))
        {
            await stage.RunTogetherAsync(colleagues: 2);

            ShouldBeInOrder(stage);
        }

        await PostgresCluster.DropAsync(database);
    }

    private static void ShouldBeInOrder(ZendeskWorkerStage stage)
    {
        var expected = stage.Sessions.GroupBy(session => session.TicketId).ToDictionary(
            ticket => $"{ticket.First().Kind}-{ticket.First().Id}", ticket => ticket.Select(session => $"{session.Kind}-{session.Id}").ToList(), StringComparer.Ordinal);
        var written = stage.SessionsByTicket().ToList();

        written.Count.ShouldBe(expected.Count);
        written.ShouldAllBe(ticket => ticket.SequenceEqual(expected[ticket[0]]));
        stage.Host.Requests.Counts.ShouldAllBe(count => count.Status < 300);
    }
}
