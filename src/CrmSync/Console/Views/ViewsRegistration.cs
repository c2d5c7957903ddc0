using CrmSync.Core.Deliveries;
using CrmSync.Core.Reading;
using CrmSync.Core.Rendering;
using CrmSync.Sending;
using CrmSync.Settings;

namespace CrmSync.Console.Views;

internal static class ViewsRegistration
{
    /// <summary>What the pages ask. Scoped where a person's language or login matters.</summary>
    public static IServiceCollection AddViews(this IServiceCollection services, WorkerSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(provider => (IConsoleReading)provider.GetRequiredService<ILedger>())
        .AddSingleton<Times>()
        .AddSingleton<SampleSessions>()
        .AddSingleton<SessionFinder>()
        .AddSingleton<SessionDesk>()
        .AddSingleton<SessionPreview>()
        .AddSingleton<OverviewDesk>()
        .AddSingleton<ConnectorDesk>()
        .AddSingleton(provider => TemplateFiles.Of(provider.GetRequiredService<NoteOptions>()))
        .AddSingleton<TemplateDesk>()
        .AddScoped<ConsoleActions>()
        .AddScoped<TestSession>();
}
