using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>Asks whether deliveries in doubt arrived: by the ledger's key where there is a ledger, else by the markers on the record.</summary>
internal sealed class SalesforceProbe(SalesforceOptions options, SalesforceLedger ledger, SalesforceMarkers markers, SalesforceMerges merges)
{
    /// <summary>See <see cref="IConnector.ProbeAsync"/>.</summary>
    public async Task<IReadOnlyList<ProbeAnswer>> AskAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        if (options.UsesPackage)
        {
            var (found, lost) = await ledger.FindAsync(parcels, cancel);
            return
            [
                .. parcels.Select(p => Answer(
                    lost, found?.GetValueOrDefault(p.Delivery.Key.Value) is { } receipt ? receipt with { Url = p.Ticket.Url } : null)),
            ];
        }

        var (there, unknown) = await WhereAsync(parcels, cancel);
        var (traces, trouble) = there is null ? new(null, unknown) : await markers.FindAsync(there, cancel);
        return [.. parcels.Select((_, i) => Answer(trouble, there is null ? null : ReceiptOf(there[i], traces?[i])))];
    }

    /// <summary>From what was found, or why nothing could be asked, to an answer.</summary>
    public static ProbeAnswer Answer(SalesforceTrouble? trouble, Receipt? found) => (trouble, found) switch
    {
        (null, { } receipt) => new ProbeAnswer.Found(receipt),
        (null, null) => new ProbeAnswer.Absent(),
        ({ } why, _) => SalesforceFaults.Harmless(why) switch
        {
            Outcome.Deferred(var fault, var notBefore, _) => new ProbeAnswer.CannotTell(fault, notBefore),
            Outcome.Halted(var fault, var notBefore) => new ProbeAnswer.CannotTell(fault, notBefore),
            Outcome.Refused(var fault) => new ProbeAnswer.CannotTell(fault),
            var other => throw new InvalidOperationException($"No probe answer for {other.GetType().Name}."),
        },
    };

    // What was on a Case goes along when that is merged into another; the ledger's row is found by its key wherever it is.
    private async Task<SalesforceReply<IReadOnlyList<Parcel>>> WhereAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var (fates, trouble) = await merges.FollowAsync(parcels.Where(p => p.Ticket.RecordType == "Case").Select(p => p.Ticket.RecordId), cancel);
        return fates is null
            ? SalesforceReply<IReadOnlyList<Parcel>>.Of(trouble!)
            : new([.. parcels.Select(p => fates.GetValueOrDefault(p.Ticket.RecordId) is { } fate && fate.Id != p.Ticket.RecordId
                ? p with { Ticket = SalesforceMerges.Moved(p.Ticket, fate.Id) }
                : p)], Trouble: null);
    }

    // In one transaction the file stands for both; written one by one, the note comes last and stands for both.
    private Receipt? ReceiptOf(Parcel parcel, SalesforceTraces? traces) =>
        traces is { DocumentId: { } document } && (traces.NoteId is not null || options.Transport is not SalesforceTransport.Singles)
            ? new Receipt(parcel.Ticket.RecordId, traces.NoteId, document, parcel.Ticket.Url)
            : null;
}
