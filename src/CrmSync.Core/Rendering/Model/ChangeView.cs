using CrmSync.Core.Rendering.Language;

namespace CrmSync.Core.Rendering.Model;

/// <summary>One difference to the revision that was delivered before.</summary>
/// <param name="What"><c>ticket</c>, <c>disposition</c>, <c>note</c>, <c>rating</c>, <c>comment</c>, <c>recording</c>, <c>status</c>.</param>
public sealed record ChangeView(string What, string? Agent, string? Before, string? After, string Text);

internal static class ChangeViews
{
    /// <param name="before">The same session, earlier, in the same language.</param>
    public static IReadOnlyList<ChangeView> Between(NoteScope before, NoteScope after)
    {
        var changes = new List<ChangeView>();
        Compare(ChangedFact.Status, Status(before), Status(after));
        Compare(ChangedFact.Ticket, Ticket(before), Ticket(after));
        CompareAgents(AgentViews.Of(before), AgentViews.Of(after));
        Compare(ChangedFact.Rating, Rating(before), Rating(after));
        Compare(ChangedFact.Comment, CsatView.Of(before)?.Comment, CsatView.Of(after)?.Comment);
        Compare(ChangedFact.Recording, RecordingView.Of(before)?.Text, RecordingView.Of(after)?.Text);
        return changes;

        void CompareAgents(IReadOnlyList<AgentView> earlier, IReadOnlyList<AgentView> later)
        {
            foreach (var agent in later)
            {
                var same = earlier.FirstOrDefault(one => one.Id == agent.Id && one.Name == agent.Name);
                Compare(ChangedFact.Disposition, same?.DispositionPath, agent.DispositionPath, agent.Name);
                Compare(ChangedFact.Note, same?.Note, agent.Note, agent.Name);
            }
        }

        void Compare(ChangedFact fact, string? was, string? now, string? agent = null)
        {
            if (was != now)
            {
                var text = after.Phrases.Change(fact, was, now);
                var what = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(fact.ToString());
                changes.Add(new ChangeView(what, agent, was, now, agent is null ? text : $"{agent}: {text}"));
            }
        }
    }

    private static string? Status(NoteScope scope) => scope.Text.Line("status", scope.Session.Status?.Name.Replace('_', ' '));

    private static string? Ticket(NoteScope scope) => scope.Text.Line("out_ticket_id", scope.Session.OutTicket?.Id);

    private static string? Rating(NoteScope scope) =>
        CsatView.Of(scope)?.Rating?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
