namespace CrmSync.Simulators.Zendesk;

/// <summary>One Zendesk account: all its state, made anew by a reset. Every use holds <see cref="Gate"/>.</summary>
internal sealed class ZendeskAccount
{
    private readonly TimeProvider _clock;

    public ZendeskAccount(ZendeskSettings settings, TimeProvider clock)
    {
        _clock = clock;
        Settings = settings;
        var ids = new ZendeskIds();
        Users = new ZendeskUsers(settings.OwnerRestriction);
        Uploads = new ZendeskUploads(ids, clock);
        Tickets = new ZendeskTickets(Users, Uploads, Fields, ids, settings.RefusalsSpendUploads, clock);
        Jobs = new ZendeskJobs(Tickets, clock);
        Tokens = new ZendeskTokens(settings, clock);
        Keys = new ZendeskKeys(clock);
        Limits = settings.Limits;
        Meter = new ZendeskMeter(Limits, clock);
        Seed(settings);
    }

    public ZendeskSettings Settings { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public Lock Gate { get; } = new();

    public ZendeskUsers Users { get; }

    public ZendeskFields Fields { get; } = new();

    public ZendeskUploads Uploads { get; }

    public ZendeskTickets Tickets { get; }

    public ZendeskJobs Jobs { get; }

    public ZendeskTokens Tokens { get; }

    public ZendeskKeys Keys { get; }

    public ZendeskLimits Limits { get; private set; }

    public ZendeskMeter Meter { get; private set; }

    /// <summary>Another plan; counting starts anew.</summary>
    public void Limit(ZendeskLimits limits)
    {
        Limits = limits;
        Meter = new ZendeskMeter(limits, _clock);
    }

    private void Seed(ZendeskSettings settings)
    {
        foreach (var user in settings.Users)
        {
            Users.Add(user);
        }

        foreach (var field in settings.Fields)
        {
            Fields.Add(field);
        }

        foreach (var ticket in settings.Tickets)
        {
            Tickets.Seed(ticket);
        }
    }
}
