using CrmSync.Core.Rendering.Model;
using CrmSync.Core.Rendering.Redaction;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CrmSync.Core.Rendering;

public static class RenderingRegistration
{
    /// <summary>Notes, attachments and routes, from the sections <c>Notes</c>, <c>Redaction</c> and <c>Routes</c>.</summary>
    /// <exception cref="OptionsValidationException">Something is configured wrongly; each failure names key, problem and fix.</exception>
    public static IServiceCollection AddRendering(this IServiceCollection services, IConfiguration configuration)
    {
        var (settings, complaints) = RenderingSettings.Read(configuration, AppContext.BaseDirectory);
        if (complaints.Count > 0)
        {
            throw new OptionsValidationException(NoteOptions.Section, typeof(RenderingSettings), complaints.Select(complaint => complaint.ToString()));
        }

        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(settings)
            .AddSingleton(settings.Notes)
            .AddSingleton(settings.Templates)
            .AddSingleton(settings.Routes)
            .AddSingleton(new Redactor(settings.Redaction))
            .AddSingleton<NoteModelBuilder>()
            .AddSingleton<INoteRenderer, NoteRenderer>()
            .AddSingleton<IPacker, Packer>();
    }
}
