using CrmSync.Ledger.Access;
using CrmSync.Ledger.Postgres;
using CrmSync.Ledger.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CrmSync.Ledger;

public static class LedgerRegistration
{
    /// <summary>Registers the ledger that section <c>Ledger</c> names. The host opens it before anything uses it.</summary>
    /// <exception cref="LedgerException">The section is wrong; <see cref="LedgerOptions.Read"/> says so before, with every mistake.</exception>
    public static IServiceCollection AddLedger(this IServiceCollection services, IConfiguration configuration)
    {
        var (options, complaints) = LedgerOptions.Read(configuration);
        if (complaints.Count > 0)
        {
            throw new LedgerException(string.Join(Environment.NewLine, complaints));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ILedger>(provider => options.IsPostgres
            ? new PostgresLedger(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresLedger>>())
            : new SqliteLedger(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteLedger>>()));
        services.AddSingleton<IConsoleStore>(provider => new ConsoleStore(
            (ILendsTransactions)provider.GetRequiredService<ILedger>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => (ILedgerUpkeep)provider.GetRequiredService<ILedger>());
        return services;
    }
}
