using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Rendering;
using CrmSync.Core.Routing;
using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;
using CrmSync.Ledger;
using CrmSync.Settings;

namespace CrmSync.Hosting;

/// <summary>The flow from source to CRM as services, without the clock that drives it.</summary>
internal static class WorkerServices
{
    /// <summary>In the order of the flow: pick up, ledger, render, deliver.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, WorkerSettings settings) => services
        .AddKinds()
        .AddSources(settings)
        .AddLedger(settings.Configuration)
        .AddRendering(settings.Configuration)
        .AddDeliveries(settings);

    private static IServiceCollection AddSources(this IServiceCollection services, WorkerSettings settings)
    {
        services.AddSingleton<IReadOnlyList<ISessionSource>>(provider => [.. settings.Sources.Select(source => source.Kind.Create(source.Section, provider))]);
        services.AddSingleton(provider => new SessionReaders(ByInstance(provider.GetRequiredService<IReadOnlyList<ISessionSource>>())));
        services.AddSingleton(Planner);
        services.AddSingleton<IIntakeLedger>(provider => provider.GetRequiredService<ILedger>());
        services.AddSingleton<IntakeRound>();
        return services;
    }

    private static IServiceCollection AddDeliveries(this IServiceCollection services, WorkerSettings settings)
    {
        services.AddSingleton(settings.Delivery);
        services.AddSingleton<IReadOnlyList<IConnector>>(provider => [.. settings.Connectors.Select(connector => connector.Kind.Create(connector.Section, provider))]);
        services.AddSingleton<FindMailWitness>(provider =>
            name => provider.GetRequiredService<IReadOnlyList<IConnector>>().FirstOrDefault(connector => connector.Name == name) as IMailWitness);
        services.AddSingleton<IRoutePolicy, RoutePolicy>();
        services.AddSingleton(new RetryPolicy(settings.Delivery, Jitter));
        services.AddSingleton<DeliveryRound>();
        return services;
    }

    private static DeliveryPlanner Planner(IServiceProvider services)
    {
        var connectors = services.GetRequiredService<IReadOnlyList<IConnector>>().ToDictionary(connector => connector.Name, StringComparer.Ordinal);
        var ledger = services.GetRequiredService<ILedger>();
        return new DeliveryPlanner(
            services.GetRequiredService<RouteTable>().Choose, (connector, session) => connectors[connector].LaneOf(session), () => ledger.Installation);
    }

    // Two sources of one instance are checked to read alike.
    private static Dictionary<string, ReaderOptions> ByInstance(IReadOnlyList<ISessionSource> sources) => sources
        .GroupBy(source => source.Options.Instance, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First().Options.ToReaderOptions(), StringComparer.Ordinal);

    private static double Jitter() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(1_000_001) / 1_000_000d;
}
