using CrmSync.Console.Access;
using CrmSync.Console.Texts;
using CrmSync.Console.Views;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;
using CrmSync.Scripting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CrmSync.Console.Pages;

public partial class Template
{
    /// <summary>Two templates of this size still fit into one message of the circuit.</summary>
    private const int TextMax = 64 * 1024;

    private const int StoredMost = 10;
    private const string Sample = "sample:";

    private ElementReference _area;
    private TemplateEntry? _entry;
    private string _saved = "";
    private string _text = "";
    private string? _chosen;
    private string? _sought;
    private SessionMetadata? _session;
    private TemplatePreview? _preview;
    private Said? _said;
    private string? _diff;
    private IReadOnlyList<SessionSummary> _stored = [];

    [Inject]
    private TemplateDesk Desk { get; set; } = null!;

    [Inject]
    private SampleSessions Samples { get; set; } = null!;

    [Inject]
    private IConsoleReading Reading { get; set; } = null!;

    [Inject]
    private SessionReaders Readers { get; set; } = null!;

    [Inject]
    private ConsoleGuard Guard { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Parameter]
    public string Name { get; set; } = "";

    private IReadOnlyList<Diagnostic> Problems => _preview?.Problems ?? [];

    private bool IsChanged => _text != _saved;

    private int Lines => _text.Count(c => c == '\n') + 1;

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _entry = Desk.Find(Name);
        _saved = _text = Desk.TextOf(Name) ?? "";
        _stored = Privacy.MaySee ? (await Reading.FindSessionsAsync(new SessionQuery { Take = StoredMost }, Gone)).Sessions : [];
        _chosen = _stored is [var latest, ..] ? latest.Session.ToString() : Samples.Names is [var first, ..] ? Sample + first : null;
        await OpenAsync();
    }

    private async Task ChooseAsync(ChangeEventArgs change)
    {
        _chosen = change.Value as string;
        await OpenAsync();
    }

    private async Task FindAsync()
    {
        var found = string.IsNullOrWhiteSpace(_sought) ? [] : (await Reading.FindSessionsAsync(new SessionQuery { Text = _sought, Take = 1 }, Gone)).Sessions;
        if (found is not [var session])
        {
            _said = new Said("warning", Say.Format(TemplateTexts.PreviewUnknown, _sought));
            return;
        }

        _said = null;
        _stored = [session, .. _stored.Where(known => known.Session != session.Session)];
        _chosen = session.Session.ToString();
        await OpenAsync();
    }

    private async Task OpenAsync()
    {
        _session = _chosen switch
        {
            { } chosen when chosen.StartsWith(Sample, StringComparison.Ordinal) && await Samples.ReadAsync(chosen[Sample.Length..], Gone) is { } bytes =>
                Readers.Read(bytes, "sample"),
            { } chosen when Privacy.MaySee && _stored.FirstOrDefault(one => one.Session.ToString() == chosen) is { } stored
                && (await Reading.ReadFilesAsync([new SessionRevision(stored.Session, stored.Revision)], Gone))[0] is { } file =>
                Readers.Read(file, stored.Session.Instance),
            _ => null,
        };
        Show();
    }

    private Task TypedAsync(ChangeEventArgs change)
    {
        _text = change.Value as string ?? "";
        _diff = null;
        Show();
        return Task.CompletedTask;
    }

    private void Show() => _preview = _entry is null ? null : Desk.Preview(_entry, _text, _session);

    private Task DiscardAsync()
    {
        _text = _saved;
        (_said, _diff) = (null, null);
        Show();
        return Task.CompletedTask;
    }

    private async Task SaveAsync()
    {
        var actor = await Guard.DemandAsync(ConsolePolicies.Admin, Gone);
        switch (await Desk.SaveAsync(_entry!, _saved, _text, Gone))
        {
            case TemplateSaved.Done:
                await Guard.RecordAsync(actor, AuditActions.TemplateSaved, _entry!.File.Name, null, Gone);
                _saved = _text;
                _entry = Desk.Find(Name);
                _said = new Said("good", Say.Format(TemplateTexts.Saved, Name));
                break;
            case TemplateSaved.NotWriteable(var path, var diff):
                _said = new Said("warning", Say.Format(TemplateTexts.NotWriteable, path));
                _diff = diff;
                break;
            case TemplateSaved.ChangedMeanwhile:
                _said = new Said("warning", Say.Format(TemplateTexts.ChangedOnDisk, Name));
                break;
            default:
                _said = new Said("bad", Say[TemplateTexts.HasErrors]);
                break;
        }
    }

    private async Task GoToAsync(Diagnostic problem) => await Script.InvokeVoidAsync("crmsyncPages.goTo", Gone, _area, problem.Line, problem.Column);

    private string UsedBy(TemplateEntry entry) => $"{Say[TemplateTexts.UsedBy]}: "
        + (entry.File.IsShared ? Say[TemplateTexts.Shared] : entry.UsedBy.Count == 0 ? Say[TemplateTexts.Nobody] : string.Join(", ", entry.UsedBy));
}
