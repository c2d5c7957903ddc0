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
    [InlineData("Type", "Oracle", "Ledger:Type: 'Oracle' is not a known store. Known are: Postgres, Sqlite.")]
    [InlineData("Type", "Postgres", "Ledger:ConnectionString: is missing. Name a file that holds it: Ledger:ConnectionString_FILE.")]
    [InlineData("ConnectionString", "Host=db", "Ledger:ConnectionString: is set, but the ledger is Sqlite. Set Ledger:Type to Postgres, or leave it out.")]
    [InlineData("Path", "data/", "Ledger:Path: does not name a file. Write a file name, e.g. data/crmsync.db.")]
    [InlineData("KeyFile", "data/crmsync.db", "Ledger:KeyFile: is the ledger's own file. Name another one, or leave it out.")]
    [InlineData("Pfad", "x", "Ledger:Pfad: is not a known setting.")]
    public void A_mistake_is_named_with_its_key_and_the_fix(string key, string value, string complaint)
    {
        var (_, complaints) = LedgerOptions.Read(Settings((key, value)));

        complaints.ShouldHaveSingleItem().ToString().ShouldStartWith(complaint);
        Should.Throw<LedgerException>(() => new ServiceCollection().AddLedger(Settings((key, value)))).Message.ShouldStartWith(complaint);
    }

    [Theory]
    [InlineData("Host=db", "names no host or no database.")]
    [InlineData("Database=crmsync;Password=canary", "names no host or no database.")]
    [InlineData("Hst=db;Password=canary", "cannot be read.")]
    [InlineData("Host=db;Database=x;Timeout=soon;Password=canary", "cannot be read.")]
    [InlineData("canary", "cannot be read.")]
    public void A_connection_string_that_cannot_be_used_is_refused_and_not_quoted(string text, string problem)
    {
        var (_, complaints) = LedgerOptions.Read(Settings(("Type", "postgres"), ("ConnectionString", text)));

        var complaint = complaints.ShouldHaveSingleItem().ToString();
        complaint.ShouldBe($"Ledger:ConnectionString: {problem} Write Host=db;Database=crmsync;Username=crmsync;Password=...");
        complaint.ShouldNotContain("canary");
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Ledger:{s.Key}", (string?)s.Value)))
        .Build();
}
