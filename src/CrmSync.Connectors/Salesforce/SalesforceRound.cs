using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>Where each draft of one batch stands, from the first call to the last.</summary>
internal sealed class SalesforceRound
{
    private static readonly Fault Held = new(ReasonCodes.CrmUnavailable, "Not sent: a call of the same batch failed.");

    private readonly Dictionary<Parcel, Outcome> _outcomes = new(ReferenceEqualityComparer.Instance);
    private readonly List<SalesforceDraft> _waiting;
    private readonly List<(SalesforceDraft Draft, Outcome Outcome)> _gone = [];
    private readonly List<SalesforceDraft> _duplicates = [];

    // Sorted by record: parallel calls take locks in the same order.
    public SalesforceRound(IEnumerable<SalesforceDraft> drafts) =>
        _waiting = [.. drafts.OrderBy(d => d.Suspect).ThenBy(d => d.Ticket.RecordId, StringComparer.Ordinal)];

    public bool HasWaiting => _waiting.Count > 0;

    public IReadOnlyList<SalesforceDraft> Duplicates => _duplicates;

    public Outcome OutcomeOf(Parcel parcel) => _outcomes[parcel];

    /// <summary>The next drafts for a call: healthy ones, then suspects by themselves, never two of one record.</summary>
    public IReadOnlyList<SalesforceDraft> Take(int most, int suspectsMost)
    {
        var suspects = _waiting[0].Suspect;
        var records = new HashSet<string>(StringComparer.Ordinal);
        var taken = _waiting.Where(d => d.Suspect == suspects && records.Add(d.Ticket.RecordId)).Take(suspects ? suspectsMost : most).ToList();
        _waiting.RemoveAll(new HashSet<SalesforceDraft>(taken, ReferenceEqualityComparer.Instance).Contains);
        return taken;
    }

    public void PutBack(IReadOnlyList<SalesforceDraft> drafts) => _waiting.InsertRange(0, drafts);

    public void Settle(SalesforceDraft draft, Outcome outcome) => _outcomes[draft.Parcel] = outcome;

    /// <summary>Not attempted because others failed: it goes into a call that is too small for that to happen.</summary>
    public void Halt(SalesforceDraft draft) => Again(draft with { Suspect = true });

    public void Again(SalesforceDraft draft) => _waiting.Add(draft);

    /// <summary>One record was refused, and everything of the same transaction rolled back.</summary>
    /// <param name="isLock">The refused record is the ledger's row, which knows the Case but nothing of an earlier revision.</param>
    public void Refuse(SalesforceDraft draft, bool isLock, ApiError error)
    {
        if (isLock && SalesforceFaults.IsDuplicate(error))
        {
            _duplicates.Add(draft);
        }
        else if (isLock && SalesforceFaults.IsUnknownObject(error))
        {
            Settle(draft, SalesforceFaults.PackageMissing(error));
        }
        else if (SalesforceFaults.IsGone(error) && draft.Earlier is not null && !isLock)
        {
            Again(draft with { Afresh = true });
        }
        else if (SalesforceFaults.IsGone(error) && draft.MayHaveMoved)
        {
            _gone.Add((draft, SalesforceFaults.ToOutcome(error)));
        }
        else
        {
            Settle(draft, SalesforceFaults.ToOutcome(error));
        }
    }

    /// <summary>Cases that are not there, and what that comes to when they were not merged into others.</summary>
    public IReadOnlyList<(SalesforceDraft Draft, Outcome Outcome)> TakeGone()
    {
        var gone = _gone.ToList();
        _gone.Clear();
        return gone;
    }

    /// <summary>A call failed as a whole: the rest of the batch would meet the same trouble, and is not sent.</summary>
    public void Fail(IReadOnlyList<SalesforceDraft> drafts, Outcome outcome)
    {
        foreach (var draft in drafts)
        {
            Settle(draft, outcome);
        }

        var rest = outcome is Outcome.Halted or Outcome.Deferred { SpendsAttempt: false } ? outcome : new Outcome.Deferred(Held, SpendsAttempt: false);
        foreach (var draft in _waiting)
        {
            Settle(draft, rest);
        }

        _waiting.Clear();
    }

    /// <summary>A call attempted nothing at all: trying the same again at once would not end.</summary>
    public void FailHalted() => Fail([], new Outcome.Deferred(Held, SpendsAttempt: false));
}
