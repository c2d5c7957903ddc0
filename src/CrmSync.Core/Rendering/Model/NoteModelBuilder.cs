using System.Text.Json;
using CrmSync.Core.Rendering.Language;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Model;

/// <summary>Prepares the model of one session in one language. Pure.</summary>
public sealed class NoteModelBuilder(NoteOptions options, Redactor redactor)
{
    /// <param name="language">Two letters; of the template that will be used.</param>
    /// <param name="previous">The revision that was delivered before.</param>
    public NoteModel Build(SessionMetadata session, string? language, DeliveryView delivery, SessionMetadata? previous = null)
    {
        var scope = NoteScope.For(session, language, options, redactor);
        var ending = SessionEnding.Of(session);
        var agents = AgentViews.Of(scope);

        return new NoteModel
        {
            Headline = Headline(scope, ending, agents),
            Kind = KindOf(scope),
            Ending = ending.Code,
            EndingText = EndingOf(scope, ending),
            Language = scope.Phrases.Language,
            Session = new SessionView(scope),
            Agents = agents,
            AgentCount = agents.Count(agent => agent.IsKnown),
            VirtualAgents = VirtualAgentViews.Of(scope),
            Transfers = TransferViews.Of(scope),
            Queues = QueueViews.Of(scope),
            Times = TimesView.Of(scope),
            Customer = CustomerView.Of(scope),
            Csat = CsatView.Of(scope),
            Recording = RecordingView.Of(scope),
            Voicemail = VoicemailView.Of(scope),
            Messages = MessageView.Of(scope, session.InCallSms),
            WaitMessages = MessageView.Of(scope, session.WaitTimeSms),
            TextInputs = TextInputView.Of(scope),
            Media = MediaView.Of(scope),
            Changes = previous is null ? [] : ChangeViews.Between(scope with { Session = previous }, scope),
            Delivery = delivery,
            File = new Lazy<JsonElement>(() => FileOf(session)),
        };
    }

    private static string Headline(NoteScope scope, SessionEnding ending, IReadOnlyList<AgentView> agents)
    {
        var last = agents.Select(agent => agent.Disposition ?? agent.DispositionPath).LastOrDefault(disposition => disposition is not null);
        var headline = $"{KindOf(scope)}, {EndingOf(scope, ending)}";
        return last is null ? headline : $"{headline}: {last}";
    }

    // The words are ours, but parts of them come from the file: the medium, the status, a virtual agent's name.
    private static string KindOf(NoteScope scope) =>
        scope.Text.Line("session_type", scope.Phrases.Kind(scope.Session.Key.Kind, scope.Session.Type))!;

    private static string EndingOf(NoteScope scope, SessionEnding ending) => scope.Text.Line("status", scope.Phrases.Ending(ending))!;

    private JsonElement FileOf(SessionMetadata session)
    {
        if (ReferenceEquals(redactor, Redactor.Nothing))
        {
            return session.Json;
        }

        var redacted = JsonRedaction.Apply(session.Bytes, redactor);
        return redacted.Removed == 0 ? session.Json : SessionRoot.Unwrap(JsonDocument.Parse(redacted.Content).RootElement).Session;
    }
}
