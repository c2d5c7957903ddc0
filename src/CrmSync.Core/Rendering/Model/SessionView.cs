using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Model;

/// <summary>
/// The session as the file tells it, under the file's own keys: what is not prepared elsewhere in <see cref="NoteModel"/>, and what
/// route conditions ask for. Durations are seconds, times are moments. The recording's address is not here: see
/// <see cref="RecordingView.Link"/>.
/// </summary>
public sealed class SessionView
{
    private readonly NoteScope _scope;

    internal SessionView(NoteScope scope) => _scope = scope;

    internal SessionMetadata Metadata => _scope.Session;

    internal MenuPathView? MenuPath => Metadata.MenuPath is not { } path ? null
        : new MenuPathView(Line("name", path.Name), Line("materialized_path", path.MaterializedPath), path.ItemsCount);

    internal SelectedMenuView? SelectedMenu => Metadata.SelectedMenu is not { } menu ? null
        : new SelectedMenuView(menu.Id, Line("name", menu.Name), Line("menu_type", menu.MenuType), menu.ParentId);

    internal AgentInfoView? AgentInfo => Metadata.AgentInfo is not { } agent ? null
        : new AgentInfoView(
            agent.Id,
            Line("name", agent.Name),
            Line("email", agent.Email),
            Line("agent_number", agent.AgentNumber),
            Line("va_alias", agent.VaAlias));

    internal RootVirtualAgentView? VirtualAgent => Metadata.VirtualAgent is not { } agent ? null
        : new RootVirtualAgentView(agent.Id, Line("name", agent.Name), Line("va_alias", agent.VaAlias));

    internal EndUserView? EndUser => Metadata.EndUser is not { } user ? null
        : new EndUserView(user.Id, Line("identifier", user.Identifier), Line("out_contact_id", user.OutContactId));

    internal IReadOnlyList<ParticipantView> Participants =>
    [
        .. Metadata.Participants.Select(party => new ParticipantView(
            Line("type", party.Type),
            Line("name", party.Name),
            Line("status", party.Status),
            Line("location", party.Location),
            [.. party.Teams.Select(team => Line("team", team)).OfType<string>()],
            party.ConnectedAt,
            party.EndedAt)),
    ];

    internal string? Line(string key, string? value) => _scope.Text.Line(key, value);

    internal string? Block(string key, string? value) => _scope.Text.Block(key, value);
}

public sealed record MenuPathView(string? Name, string? MaterializedPath, long? ItemsCount);

public sealed record SelectedMenuView(long? Id, string? Name, string? MenuType, long? ParentId);

public sealed record AgentInfoView(long? Id, string? Name, string? Email, string? AgentNumber, string? VaAlias);

public sealed record RootVirtualAgentView(long? Id, string? Name, string? VaAlias);

public sealed record EndUserView(long? Id, string? Identifier, string? OutContactId);

/// <summary>One joining of one party; who comes back has another.</summary>
public sealed record ParticipantView(
    string? Type, string? Name, string? Status, string? Location, IReadOnlyList<string> Teams, DateTimeOffset? ConnectedAt, DateTimeOffset? EndedAt);
