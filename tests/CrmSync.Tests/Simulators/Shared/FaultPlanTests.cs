using CrmSync.Simulators.Shared;

namespace CrmSync.Tests.Simulators.Shared;

public sealed class FaultPlanTests
{
    [Fact]
    public void The_same_seed_gives_the_same_fates()
    {
        Fates(seed: 7).ShouldBe(Fates(seed: 7));
        Fates(seed: 7).SequenceEqual(Fates(seed: 8)).ShouldBeFalse();
    }

    [Fact]
    public void A_probability_is_kept_over_many_requests()
    {
        var plan = new FaultPlan(seed: 42);
        plan.Sometimes(0.05, Fault.DropAfter);

        Enumerable.Range(0, 10_000).Count(_ => plan.Draw("POST", "/x").Count > 0).ShouldBeInRange(430, 570);
    }

    [Theory]
    [InlineData("GET", "/services/data/v67.0/composite/graph", 0)]
    [InlineData("POST", "/services/data/v67.0/composite", 0)]
    [InlineData("post", "/services/data/v67.0/Composite/Graph", 1)]
    public void A_rule_matches_method_and_path_in_any_case(string method, string path, int hits)
    {
        var plan = new FaultPlan(seed: 1);
        plan.Add(new FaultRule(Fault.DropAfter, "POST", "/services/data/*/composite/graph"));

        plan.Draw(method, path).Count.ShouldBe(hits);
    }

    [Fact]
    public void Skipped_requests_pass_and_a_spent_rule_is_gone()
    {
        var plan = new FaultPlan(seed: 1);
        plan.Add(new FaultRule(Fault.DropBefore, Skip: 1, Times: 1));

        Enumerable.Range(0, 3).Select(_ => plan.Draw("GET", "/").Count).ShouldBe([0, 1, 0]);
        plan.Rules.ShouldBeEmpty();
    }

    [Fact]
    public void One_request_meets_one_way_to_fail_and_any_delay_besides()
    {
        var plan = new FaultPlan(seed: 1);
        plan.Once(Fault.DropAfter);
        plan.Once(Fault.Refuse(503));
        plan.Once(Fault.Slow(TimeSpan.FromSeconds(1)));

        plan.Draw("GET", "/").Select(f => f.Kind).ShouldBe([FaultKind.DropAfter, FaultKind.Slow]);
        plan.Draw("GET", "/").Select(f => f.Kind).ShouldBe([FaultKind.Refuse]);
    }

    private static FaultKind?[] Fates(int seed)
    {
        var plan = new FaultPlan(seed);
        plan.Sometimes(0.3, Fault.DropAfter);
        plan.Sometimes(0.3, Fault.Refuse(503));
        return [.. Enumerable.Range(0, 50).Select(_ => plan.Draw("GET", "/") is [var fault, ..] ? fault.Kind : (FaultKind?)null)];
    }
}
