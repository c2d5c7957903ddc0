using CrmSync.Core.Deliveries;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Tests.Ledger;

public sealed class LedgerRegistrationTests
{
    [Fact]
    public async Task Without_settings_it_is_a_sqlite_file_with_its_key_beside_it()
    {
        var (options, complaints) = LedgerOptions.Read(Settings());
        await using var services = new ServiceCollection().AddLogging().AddLedger(Settings()).BuildServiceProvider();

        complaints.ShouldBeEmpty();
        options.FullPath.ShouldBe(Path.GetFullPath("data/crmsync.db"));
        options.FullKeyFile.ShouldBe(Path.GetFullPath("data/crmsync.key"));
        services.GetRequiredService<ILedger>().ShouldBeOfType<SqliteLedger>();
    }

    [Theory]
    [InlineData("Type", "Sqlit", "Ledger:Type: 'Sqlit' is not a known store. Did you mean Sqlite?")]
    [InlineData("Type", "Oracle", "Ledger:Type: 'Oracle' is not a known store. Known are: Sqlite.")]
    [InlineData("Path", "data/", "Ledger:Path: does not name a file. Write a file name, e.g. data/crmsync.db.")]
    [InlineData("KeyFile", "data/crmsync.db", "Ledger:KeyFile: is the ledger's own file. Name another one, or leave it out.")]
    [InlineData("Pfad", "x", "Ledger:Pfad: is not a known setting.")]
    public void A_mistake_is_named_with_its_key_and_the_fix(string key, string value, string complaint)
    {
        var (_, complaints) = LedgerOptions.Read(Settings((key, value)));

        complaints.ShouldHaveSingleItem().ToString().ShouldStartWith(complaint);
        Should.Throw<LedgerException>(() => new ServiceCollection().AddLedger(Settings((key, value)))).Message.ShouldStartWith(complaint);
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Ledger:{s.Key}", (string?)s.Value)))
        .Build();
}
