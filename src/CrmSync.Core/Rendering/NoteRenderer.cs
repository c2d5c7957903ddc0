using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering.Language;
using CrmSync.Core.Rendering.Model;
using CrmSync.Core.Rendering.Templates;
using CrmSync.Core.Rendering.Text;
using CrmSync.Scripting;

namespace CrmSync.Core.Rendering;

/// <inheritdoc cref="INoteRenderer"/>
public sealed class NoteRenderer(TemplateStore templates, NoteModelBuilder models, NoteOptions options, TimeProvider clock) : INoteRenderer
{
    // Steps and characters are counted; the time is only for what counting misses, and a busy machine must not spoil a note.
    private static readonly TemplateLimits Limits = TemplateLimits.Default with { TimeMax = TimeSpan.FromSeconds(2) };

    public Note Render(NoteRequest request)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var modelOf = new Dictionary<string, NoteModel>(StringComparer.OrdinalIgnoreCase);
        var (language, problem) = ((string?)null, (Fault?)null);

        foreach (var part in request.Traits.NoteParts)
        {
            if (templates.Find(request.Connector, request.Traits.Kind, part, options.OneLanguage ? null : request.Session.Lang) is not { } template)
            {
                continue;
            }

            var model = modelOf.TryGetValue(template.Language, out var known) ? known : modelOf[template.Language] = Model(request, template.Language);
            var (text, fault) = Render(template.File, part, model);
            if (text is not null)
            {
                parts[part.Name] = text;
            }

            language ??= template.Language;
            problem ??= fault;
        }

        return new Note(parts, language ?? options.Language, problem);
    }

    private NoteModel Model(NoteRequest request, string language) => models.Build(
        request.Session,
        language,
        new DeliveryView(request.Connector, request.Revision, request.Key?.Marker, request.FileName),
        request.Previous);

    private (string? Text, Fault? Fault) Render(TemplateFile file, NotePartSpec part, NoteModel model)
    {
        var error = file.Parsed.Diagnostics is [var first, ..] ? first : null;
        if (file.Parsed.Template is { } template)
        {
            var rendered = template.Render(model, OptionsFor(model), CancellationToken.None);
            if (rendered.Ok)
            {
                return (Finish(rendered.Text, part), null);
            }

            error = rendered.Error;
        }

        return (PlainNote.Part(part.Name, part.Html, model) is { } plain ? Finish(plain, part) : null, FaultOf(file, error));
    }

    private RenderOptions OptionsFor(NoteModel model)
    {
        var phrases = Phrases.For(model.Language);
        return new RenderOptions
        {
            Limits = Limits,
            Loader = templates.Loader,
            Culture = phrases.Culture,
            TimeZone = options.Zone,
            Clock = clock,
            Models = NoteSchema.Map,
        };
    }

    private static string Finish(string text, NotePartSpec part) =>
        PlainNote.IsSubject(part.Name) ? TextClean.Line(text) : TextClean.Block(text).Trim('\n');

    private static Fault FaultOf(TemplateFile file, Diagnostic? error) => new(
        ReasonCodes.TemplateFailed,
        error is null ? $"{file.Name} could not be compiled." : $"{error.File}, line {error.Line}: {error.Message}");
}
