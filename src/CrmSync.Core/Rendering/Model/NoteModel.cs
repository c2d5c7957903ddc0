using System.Text.Json;

namespace CrmSync.Core.Rendering.Model;

/// <summary>
/// What templates and route conditions see of a session: prepared, so that a template needs little logic. Absent is null, a list
/// that has nothing is empty. What each member is: <see cref="NoteSchema"/>, which docs/template-model.md is compared with.
/// </summary>
public sealed record NoteModel
{
    public required string Headline { get; init; }

    public required string Kind { get; init; }

    public required string Ending { get; init; }

    public required string EndingText { get; init; }

    public required string Language { get; init; }

    public required SessionView Session { get; init; }

    public required IReadOnlyList<AgentView> Agents { get; init; }

    public required long AgentCount { get; init; }

    public required IReadOnlyList<VirtualAgentView> VirtualAgents { get; init; }

    public required IReadOnlyList<TransferView> Transfers { get; init; }

    public required IReadOnlyList<QueueView> Queues { get; init; }

    public required TimesView Times { get; init; }

    public required CustomerView Customer { get; init; }

    public CsatView? Csat { get; init; }

    public RecordingView? Recording { get; init; }

    public VoicemailView? Voicemail { get; init; }

    public required IReadOnlyList<MessageView> Messages { get; init; }

    public required IReadOnlyList<MessageView> WaitMessages { get; init; }

    public required IReadOnlyList<TextInputView> TextInputs { get; init; }

    public required MediaView Media { get; init; }

    public required IReadOnlyList<ChangeView> Changes { get; init; }

    public required DeliveryView Delivery { get; init; }

    /// <summary>
    /// The session's JSON, redacted; its texts are not cleaned, the rendered note is. Made when asked for: few templates look into
    /// it, and redacting takes a pass over the file.
    /// </summary>
    public required Lazy<JsonElement> File { get; init; }
}
