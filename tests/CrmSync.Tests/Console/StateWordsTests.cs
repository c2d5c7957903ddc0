using CrmSync.Console.Texts;
using CrmSync.Console.Views;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Console;

public sealed class StateWordsTests
{
    [Fact]
    public void Every_state_has_a_word_and_a_meaning() => Enum.GetValues<DeliveryState>().ShouldAllBe(state =>
        StateWords.Of(state).Word.English.Length > 0 && StateWords.Meaning(state).English.Length > 0);

    [Fact]
    public void Every_outcome_the_ledger_keeps_has_words_of_its_own()
    {
        var names = new[] { typeof(Outcome), typeof(Resolution), typeof(ProbeAnswer) }
            .SelectMany(family => family.GetNestedTypes())
            .Where(type => type.Name is not ("Found" or "Failed"))
            .Select(type => type.Name);

        names.Where(name => Enum.GetValues<AttemptPhase>().All(phase =>
            StateWords.Attempt(new AttemptRow(1, 1, phase, default, default(DateTimeOffset), name, null)) == DeliveryTexts.TryOther)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_group_of_states_has_a_word() => SessionFilter.Groups.ShouldAllBe(group => StateWords.Group(group.Name).English.Length > 0);
}
