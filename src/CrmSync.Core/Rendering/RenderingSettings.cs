using CrmSync.Core.Configuration;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Core.Rendering.Templates;
using CrmSync.Core.Routing;
using CrmSync.Scripting;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Core.Rendering;

/// <summary>Notes, redaction, templates and routes as configured: what the worker starts with and <c>crmsync check</c> reports on.</summary>
public sealed record RenderingSettings(NoteOptions Notes, RedactionOptions Redaction, TemplateStore Templates, RouteTable Routes)
{
    private const string ConnectorsSection = "Connectors";

    /// <summary>The settings and every mistake in them. With complaints the settings are not fit for use.</summary>
    /// <param name="programFolder">What a relative <see cref="NoteOptions.TemplatesFolder"/> is relative to.</param>
    public static (RenderingSettings Settings, IReadOnlyList<Complaint> Complaints) Read(IConfiguration configuration, string programFolder)
    {
        var (notes, noteComplaints) = NoteOptions.Bind(configuration);
        var (redaction, redactionComplaints) = RedactionOptions.Bind(configuration);
        var (templates, templateComplaints) = ReadTemplates(notes, programFolder);
        var connectors = configuration.GetSection(ConnectorsSection).GetChildren().Select(section => section.Key).ToList();
        var (routes, routeComplaints) = RouteReader.Read(configuration, connectors, notes);

        return (
            new RenderingSettings(notes, redaction, templates, routes),
            [.. noteComplaints, .. redactionComplaints, .. templateComplaints, .. routeComplaints]);
    }

    private static (TemplateStore Templates, IEnumerable<Complaint> Complaints) ReadTemplates(NoteOptions notes, string programFolder)
    {
        if (TemplateFolder.Read(Path.Combine(programFolder, notes.TemplatesFolder)) is not { } files)
        {
            var missing = new Complaint(
                $"{NoteOptions.Section}:{nameof(NoteOptions.TemplatesFolder)}",
                $"there is no folder '{notes.TemplatesFolder}'.",
                "Name the folder of your templates, or bring back the one beside the program.");
            return (TemplateStore.Of(new MemoryTemplateLoader(new Dictionary<string, string>(StringComparer.Ordinal)), notes.Language), [missing]);
        }

        var store = TemplateStore.Of(files, notes.Language);
        return (store, TemplateReview.Of(store, []).Complaints(notes.TemplatesFolder));
    }
}
