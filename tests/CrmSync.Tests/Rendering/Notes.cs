using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Core.Rendering.Model;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Core.Rendering.Templates;
using CrmSync.Core.Sessions;
using CrmSync.Scripting;

namespace CrmSync.Tests.Rendering;

/// <summary>Renders notes of sample sessions the way the worker does.</summary>
internal static class Notes
{
    public static readonly DeliveryKey Key = new("crmsync_test_aldergrove_call_48211_9f86d081884c");

    public static readonly ConnectorTraits Salesforce = Traits("Salesforce", Text("case-comment"), Text("task"), Text("task-subject"));

    public static readonly ConnectorTraits Zendesk = Traits("Zendesk", Html("internal-note"), Text("internal-note-text"));

    public static readonly ConnectorTraits Email = Traits("Email", Text("subject"), Html("body"), Text("body-text"));

    public static readonly IReadOnlyList<ConnectorTraits> Kinds = [Salesforce, Zendesk, Email];

    private static readonly TemplateStore Shipped = TemplateStore.Of(TemplateFolder.Read(RepositoryFolder.Of("templates")).ShouldNotBeNull(), "en");

    public static NoteOptions Options => new() { TimeZone = "America/Los_Angeles", RecordingHosts = ["artifacts.northlake.example"] };

    public static TemplateStore ShippedTemplates => Shipped;

    public static IReadOnlyList<string> SampleNames =>
        [.. Directory.EnumerateFiles(RepositoryFolder.Of("samples", "sessions"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static SessionMetadata Sample(string name) => Read(File.ReadAllBytes(RepositoryFolder.Of("samples", "sessions", name + ".json")));

    public static SessionMetadata Read(ReadOnlyMemory<byte> bytes) => SessionReader
        .Read(bytes, new ReaderOptions { Instance = "aldergrove" }).ShouldBeOfType<ReadResult.Session>().Metadata;

    public static NoteRenderer Renderer(TemplateStore? templates = null, NoteOptions? options = null, Redactor? redactor = null)
    {
        var chosen = options ?? Options;
        return new NoteRenderer(templates ?? Shipped, new NoteModelBuilder(chosen, redactor ?? Redactor.Nothing), chosen, TimeProvider.System);
    }

    public static NoteModel Model(SessionMetadata session, NoteOptions? options = null, Redactor? redactor = null, SessionMetadata? previous = null, string language = "en") =>
        new NoteModelBuilder(options ?? Options, redactor ?? Redactor.Nothing)
            .Build(session, language, new DeliveryView("salesforce-eu", 1, Key.Marker, Packer.FileNameOf(session, Key)), previous);

    public static NoteRequest Request(SessionMetadata session, ConnectorTraits traits, SessionMetadata? previous = null) =>
        new(session, traits.Kind.ToLowerInvariant(), traits)
        {
            Key = Key,
            FileName = Packer.FileNameOf(session, Key),
            Previous = previous,
            Revision = previous is null ? 1 : 2,
        };

    /// <summary>Templates given as text, beside nothing else.</summary>
    public static TemplateStore Store(params (string Name, string Text)[] files) =>
        TemplateStore.Of(new MemoryTemplateLoader(files.ToDictionary(file => file.Name, file => file.Text)), "en");

    public static NotePartSpec Text(string name) => new(name, Html: false);

    public static NotePartSpec Html(string name) => new(name, Html: true);

    public static ConnectorTraits Traits(string kind, params NotePartSpec[] parts) => new(kind, DedupeTier.ReadableMarker, 1, parts);
}
