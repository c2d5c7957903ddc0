using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Email;

/// <summary>Names of the templates that make a mail.</summary>
internal static class EmailParts
{
    public const string Subject = "subject";
    public const string Html = "body";
    public const string Text = "body-text";
}

/// <summary>Brings notes to a CRM that reads them from a mailbox.</summary>
internal sealed partial class EmailConnector : IConnector, ITestMail, IAsyncDisposable
{
    /// <summary>Few enough that other connections, and other workers, have something to do as well.</summary>
    private const int ClaimMax = 10;

    private readonly EmailPreset _preset;
    private readonly IMailTransport _transport;
    private readonly EmailTickets _tickets;
    private readonly EmailComposer _composer;
    private readonly EmailLimits _limits;
    private readonly EmailDoubts _doubts;
    private readonly ILogger _logger;

    /// <param name="witness">Whoever can look for mails in the CRM; needed for <see cref="EmailInDoubt.Verify"/> only.</param>
    public EmailConnector(
        string name, EmailOptions options, IMailTransport transport, TimeProvider clock, ILogger logger, Func<IMailWitness>? witness = null)
    {
        Name = name;
        _preset = EmailPresets.Named(options.Preset)!;
        _transport = transport;
        _tickets = new EmailTickets(options, _preset);
        _composer = new EmailComposer(name, options, _preset, clock);
        _limits = new EmailLimits(options, _preset, clock);
        _doubts = new EmailDoubts(options, transport, _composer, witness);
        _logger = logger;

        // One mail a batch: what a dead worker leaves in doubt, and may send twice, is at most one mail a connection.
        Traits = new ConnectorTraits(
            EmailKind.Name,
            DedupeTier.None,
            BatchMax: 1,
            [new NotePartSpec(EmailParts.Subject, Html: false), new NotePartSpec(EmailParts.Html, Html: true), new NotePartSpec(EmailParts.Text, Html: false)])
        {
            ClaimMax = ClaimMax,
            ConcurrencyMax = options.Smtp?.Connections ?? 1,
            Settle = _doubts.LookAfter,
            SecondProbeAfter = _doubts.LookAgainAfter,
        };
    }

    public string Name { get; }

    public ConnectorTraits Traits { get; }

    public string? LaneOf(SessionMetadata session) => _tickets.IdOf(session);

    public Task<IReadOnlyList<Resolution>> ResolveAsync(IReadOnlyList<Shipment> shipments, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Resolution>>([.. shipments.Select(shipment => _tickets.Resolve(shipment.Session))]);

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var outcomes = new List<Outcome>(parcels.Count);
        foreach (var parcel in parcels)
        {
            outcomes.Add(await DeliverAsync(parcel, cancel));
        }

        return outcomes;
    }

    public Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) =>
        _doubts.AskAsync(parcels, cancel);

    public async Task<CheckReport> CheckAsync(CancellationToken cancel)
    {
        var findings = await _transport.CheckAsync(cancel);
        return new CheckReport(Name, [.. findings, new CheckFinding(CheckLevel.Ok, "Confirmation", _preset.Confirmation)]);
    }

    public Task<CheckFinding> SendTestMailAsync(string address, CancellationToken cancel) =>
        new EmailTestMail(Name, _composer, _transport).SendAsync(address, cancel);

    public async ValueTask DisposeAsync()
    {
        _composer.Dispose();
        await _transport.DisposeAsync();
    }

    private async Task<Outcome> DeliverAsync(Parcel parcel, CancellationToken cancel)
    {
        if (_composer.RecipientOrNull(parcel) is null)
        {
            return new Outcome.Refused(new Fault(
                ReasonCodes.ConnectorMisconfigured, "The connector's To with this ticket in it is no address, or is the sender's own."));
        }

        if (_transport.NameOfHeld(parcel.Delivery.Key) is { } name)
        {
            return new Outcome.AlreadyDelivered(_composer.ReceiptOf(parcel) with { FileId = name, Confirmed = true });
        }

        try
        {
            if (await _composer.ComposeAsync(parcel, cancel) is not { } mail)
            {
                return new Outcome.Refused(new Fault(ReasonCodes.TooLargeForCrm, "The mail would be larger than MailBytesMax."));
            }

            if (_limits.Take(parcel.Ticket.RecordId) is { } tooMany)
            {
                return tooMany;
            }

            if (!TrustWindow.MaySend)
            {
                return new Outcome.Deferred(new Fault(ReasonCodes.Stopping, TrustWindow.Lapsed), SpendsAttempt: false);
            }

            var outcome = await _transport.SendAsync(mail, cancel);
            Log.Sent(_logger, parcel.Delivery.Key, Name, mail.Content.Size, outcome.GetType().Name);
            return outcome;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new Outcome.Deferred(new Fault(ReasonCodes.Stopping, "The worker is stopping; nothing was sent."), SpendsAttempt: false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(800, LogLevel.Debug, "email.sent {DeliveryKey} via {Connector}, {Bytes} bytes: {Outcome}")]
        public static partial void Sent(ILogger logger, DeliveryKey deliveryKey, string connector, long bytes, string outcome);
    }
}
