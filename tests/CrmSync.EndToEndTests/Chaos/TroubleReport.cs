namespace CrmSync.EndToEndTests.Chaos;

/// <summary>What a run came to in which one kind of trouble struck again and again.</summary>
/// <param name="Times">How often it struck.</param>
/// <param name="Struck">How often it struck in the middle of a delivery: without any, the run proves nothing.</param>
internal sealed record TroubleReport(StagePlan Plan, int Times, int Struck, Tally Tally)
{
    public const string Heading = "| CRM | ledger | seed | sessions | times | in the middle of a delivery | lost | twice | wrong | ledger disagrees | seconds |";

    public string Row(TimeSpan took) => FormattableString.Invariant(
        $"| {Plan.Crm} | {Plan.Ledger} | {Plan.Seed} | {Plan.Sessions} | {Times} | {Struck} | {Tally.Lost} | {Tally.Twice} | {Tally.Wrong} | {Tally.Disagree} | {took.TotalSeconds:0} |");

    /// <summary>Nothing lost, nothing twice, and the trouble was there.</summary>
    public void ShouldBeHarmless()
    {
        Struck.ShouldBePositive("It never struck in the middle of a delivery: the run proves nothing.");
        Tally.IsExact.ShouldBeTrue(Tally.ToString());
    }
}
