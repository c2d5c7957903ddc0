namespace CrmSync.Bench.EndToEnd;

/// <summary>
/// Shows after each clean run that the comparison would have seen what it looks for: the same accounts with one thing wrong planted in
/// them must not pass.
/// </summary>
internal static class ComparisonProof
{
    /// <summary>One sentence for each planted difference that the comparison did not see.</summary>
    public static IEnumerable<string> Overlooked(
        IReadOnlyList<FedSession> fed, IReadOnlyList<LedgerDelivery> ledger, IReadOnlyList<LandedRecord> landed, bool byTicket)
    {
        var (record, others) = (landed[0], landed.Skip(1).ToList());
        var file = record.Files[0];
        (string Name, IReadOnlyList<LedgerDelivery> Ledger, LandedRecord Record)[] planted =
        [
            ("file that is missing", ledger, record with { Files = [.. record.Files.Skip(1)], Notes = record.Notes - 1 }),
            ("file and note that are there twice", ledger, record with { Files = [.. record.Files, file], Notes = record.Notes + 1 }),
            ("second note", ledger, record with { Notes = record.Notes + 1 }),
            ("damaged file", ledger, record with { Files = [file with { Sha256 = new string('0', file.Sha256.Length) }, .. record.Files.Skip(1)] }),
            ("delivery that the ledger lost", [.. ledger.Skip(1)], record),
        ];
        foreach (var (name, rows, changed) in planted)
        {
            if (Comparison.Problems(fed, rows, [changed, .. others], byTicket).Count == 0)
            {
                yield return $"The comparison did not see a planted {name}: its word counts for nothing.";
            }
        }
    }
}
