using BenchmarkDotNet.Attributes;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Bench.Micro;

/// <summary>The shipped templates over generated sessions, one note an operation.</summary>
[MemoryDiagnoser]
public class RenderNotes
{
    private const int Count = 64;

    private static readonly ConnectorTraits Salesforce = new("Salesforce", DedupeTier.UniqueKey, 1, [new("case-comment", Html: false)]);
    private static readonly ConnectorTraits Zendesk = new("Zendesk", DedupeTier.CompareAndSet, 1, [new("internal-note", Html: true)]);
    private static readonly ConnectorTraits Email =
        new("Email", DedupeTier.None, 1, [new("subject", Html: false), new("body", Html: true), new("body-text", Html: false)]);

    private readonly INoteRenderer _renderer = new ServiceCollection()
        .AddLogging()
        .AddRendering(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Routes:0:Name", "all"), new("Routes:0:Connectors:0", "crm"), new("Connectors:crm:Kind", "Email")])
            .Build())
        .BuildServiceProvider()
        .GetRequiredService<INoteRenderer>();

    [Benchmark(Description = "Salesforce case comment", OperationsPerInvoke = Count)]
    public Note? CaseComment() => Render(Salesforce);

    [Benchmark(Description = "Zendesk internal note, HTML", OperationsPerInvoke = Count)]
    public Note? InternalNote() => Render(Zendesk);

    [Benchmark(Description = "mail: subject, HTML and text", OperationsPerInvoke = Count)]
    public Note? Mail() => Render(Email);

    private Note? Render(ConnectorTraits traits)
    {
        Note? last = null;
        foreach (var session in SampleSessions.Sessions)
        {
            last = _renderer.Render(new NoteRequest(session, "crm", traits));
        }

        return last?.Problem is null ? last : throw new InvalidOperationException(last.Problem.ToString());
    }
}
