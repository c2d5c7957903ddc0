using CrmSync.Connectors.Email;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Connectors.Email;

public sealed class PickupFolderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"crmsync-pickup-{Guid.NewGuid():N}");

    private EmailOptions Options => new()
    {
        From = "crmsync@example.com",
        To = "records@crm.example",
        Pickup = new EmailPickupOptions { Folder = _folder },
    };

    [Fact]
    public async Task A_mail_becomes_one_complete_file_named_by_its_delivery()
    {
        await using var bench = new EmailBench();

        var outcome = await bench.DeliverAsync(Options);

        var receipt = outcome.ShouldBeOfType<Outcome.Delivered>().Receipt;
        receipt.Confirmed.ShouldBeTrue();
        var file = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe($"{EmailBench.Parcel().Delivery.Key.Value}.eml");
        receipt.FileId.ShouldBe(Path.GetFileName(file));
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldContain("Subject: Call 48211: solved\r\n");
    }

    [Fact]
    public async Task A_file_that_is_there_already_is_left_alone()
    {
        await using var bench = new EmailBench();
        var connector = bench.Connector(Options);

        await EmailBench.DeliverAsync(connector);
        var written = await File.ReadAllBytesAsync(Directory.GetFiles(_folder)[0], TestContext.Current.CancellationToken);
        var again = await EmailBench.DeliverAsync(connector, EmailBench.Parcel(text: "Something else.\n"));

        again.ShouldBeOfType<Outcome.AlreadyDelivered>().Receipt.RecordId.ShouldBe("42");
        (await File.ReadAllBytesAsync(Directory.GetFiles(_folder).ShouldHaveSingleItem(), TestContext.Current.CancellationToken)).ShouldBe(written);
    }

    [Fact]
    public async Task A_probe_finds_the_file_while_nobody_took_it_away()
    {
        await using var bench = new EmailBench();
        var connector = bench.Connector(Options);
        var cancel = TestContext.Current.CancellationToken;

        await EmailBench.DeliverAsync(connector);
        (await connector.ProbeAsync([EmailBench.Parcel()], cancel))[0].ShouldBeOfType<ProbeAnswer.Found>();

        File.Delete(Directory.GetFiles(_folder)[0]);
        (await connector.ProbeAsync([EmailBench.Parcel()], cancel))[0].ShouldBeOfType<ProbeAnswer.Absent>();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_halts_the_connector_and_fails_the_check()
    {
        await using var bench = new EmailBench();
        await File.WriteAllTextAsync(_folder, "a file in the way", TestContext.Current.CancellationToken);
        var options = Options;
        options.Pickup!.Folder = Path.Combine(_folder, "below");
        var connector = bench.Connector(options);

        (await EmailBench.DeliverAsync(connector)).ShouldBeOfType<Outcome.Halted>();
        (await connector.CheckAsync(TestContext.Current.CancellationToken)).Ok.ShouldBeFalse();
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        File.Delete(_folder);
    }
}
