using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering.Templates;
using CrmSync.Core.Sources;
using CrmSync.Ledger;
using CrmSync.Settings;

namespace CrmSync.Checking;

/// <summary>What can be checked without asking a CRM: sources, the ledger, templates.</summary>
internal static class LocalChecks
{
    public static async Task<IReadOnlyList<CheckReport>> RunAsync(IServiceProvider services, WorkerSettings settings, CancellationToken cancel) =>
    [
        await SourcesAsync(services.GetRequiredService<IReadOnlyList<ISessionSource>>(), cancel),
        new CheckReport("ledger", await LedgerCheck.RunAsync(settings.Ledger, services.GetRequiredService<TimeProvider>(), cancel)),
        Templates(services.GetRequiredService<TemplateStore>(), services.GetRequiredService<IReadOnlyList<IConnector>>()),
    ];

    private static async Task<CheckReport> SourcesAsync(IReadOnlyList<ISessionSource> sources, CancellationToken cancel)
    {
        var findings = new List<CheckFinding>();
        foreach (var source in sources)
        {
            try
            {
                var any = await source.DiscoverAsync(cancel).AnyAsync(cancel);
                findings.Add(new CheckFinding(CheckLevel.Ok, source.Name, any ? "can be listed and has files." : "can be listed; it has no files that are ready."));
            }
            catch (SourceException e)
            {
                findings.Add(new CheckFinding(CheckLevel.Problem, source.Name, e.Fault.Message, e.Fault.Reason.WhatToDo));
            }
        }

        return new CheckReport("sources", findings);
    }

    private static CheckReport Templates(TemplateStore store, IReadOnlyList<IConnector> connectors)
    {
        var review = TemplateReview.Of(store, [.. connectors.Select(connector => (connector.Name, connector.Traits))]);
        List<CheckFinding> findings =
        [
            .. review.Problems.Select(problem => new CheckFinding(CheckLevel.Problem, problem.File, $"line {problem.Line}, column {problem.Column}: {problem.Message}", problem.Hint)),
            .. review.Warnings.Select(warning => new CheckFinding(CheckLevel.Warning, warning.File, warning.Message, warning.Hint)),
        ];
        return new CheckReport("templates", findings.Count > 0 ? findings : [new CheckFinding(CheckLevel.Ok, "Templates", $"{store.Files.Count} compile.")]);
    }
}
