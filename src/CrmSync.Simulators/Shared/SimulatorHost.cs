using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Simulators.Shared;

/// <summary>Kestrel on 127.0.0.1 around one <see cref="ISimulatedCrm"/>, with faults, counters and the admin surface.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatorHost(WebApplication app, FaultPlan faults, RequestLog requests, X509Certificate2? certificate)
    {
        _app = app;
        Faults = faults;
        Requests = requests;
        Certificate = certificate;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Address = new Uri(addresses.First(a => a.StartsWith("http:", StringComparison.Ordinal)));
        SecureAddress = addresses.FirstOrDefault(a => a.StartsWith("https:", StringComparison.Ordinal)) is { } secure
            ? new Uri(secure)
            : null;
    }

    /// <summary>E.g. <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <summary>E.g. <c>https://127.0.0.1:40124/</c>; null without <see cref="SimulatorOptions.SecurePort"/>.</summary>
    public Uri? SecureAddress { get; }

    /// <summary>What a client must trust to use <see cref="SecureAddress"/>.</summary>
    public X509Certificate2? Certificate { get; }

    public FaultPlan Faults { get; }

    public RequestLog Requests { get; }

    /// <summary>Starts listening; throws <see cref="IOException"/> when a given port is taken.</summary>
    public static Task<SimulatorHost> StartAsync(ISimulatedCrm crm, SimulatorOptions options, CancellationToken cancel) =>
        StartAsync(crm, options, new FaultPlan(options.Seed), cancel);

    /// <summary>For a CRM that draws troubles of its own (<see cref="FaultPlan.DrawNamed"/>) from the plan.</summary>
    public static Task<SimulatorHost> StartAsync(ISimulatedCrm crm, SimulatorOptions options, FaultPlan faults, CancellationToken cancel) =>
        StartAsync(crm, options, faults, new RequestLog(), cancel);

    /// <summary>For a server that is not HTTP itself: plan and log are its own, HTTP only shows and changes them.</summary>
    internal static async Task<SimulatorHost> StartAsync(
        ISimulatedCrm crm, SimulatorOptions options, FaultPlan faults, RequestLog requests, CancellationToken cancel)
    {
        var certificate = options.SecurePort is null
            ? null
            : LoopbackCertificate.Create(options.HostNames, options.Clock.GetUtcNow());
        var app = Build(crm, options, certificate, faults, requests);
        await app.StartAsync(cancel);
        return new SimulatorHost(app, faults, requests, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Certificate?.Dispose();
    }

    // The empty builder reads no environment and no settings file: a simulator is what its options say.
    private static WebApplication Build(
        ISimulatedCrm crm, SimulatorOptions options, X509Certificate2? certificate, FaultPlan faults, RequestLog requests)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => Listen(k, options, certificate));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.Zero);

        var app = builder.Build();
        var middleware = new FaultMiddleware(crm, faults, requests, options.Clock);
        app.UseRouting();
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments(AdminSurface.Prefix, StringComparison.Ordinal),
            branch => branch.Use(next => context => middleware.InvokeAsync(context, next)));
        AdminSurface.Map(app, crm, faults, requests, options.Clock);
        crm.Map(app);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, SimulatorOptions options, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.RequestBytesMax;
        kestrel.Listen(IPAddress.Loopback, options.Port);
        if (certificate is not null)
        {
            kestrel.Listen(IPAddress.Loopback, options.SecurePort ?? 0, listen => listen.UseHttps(certificate));
        }
    }
}
