using CrmSync.Core.Configuration;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Configuration;

public sealed class StrictBinderTests
{
    [Fact]
    public void Values_of_every_kind_are_bound()
    {
        var (options, complaints) = Bind(
            ("Name", "zendesk"), ("Wait", "00:20:00"), ("Most", "7"), ("Mode", "Fast"), ("Token", "s3cret"), ("Hosts:0", "a"), ("Hosts:1", "b"), ("Inner:On", "true"));

        complaints.ShouldBeEmpty();
        options.Wait.ShouldBe(TimeSpan.FromMinutes(20));
        options.Most.ShouldBe(7);
        options.Mode.ShouldBe(Mode.Fast);
        options.Token!.Reveal().ShouldBe("s3cret");
        options.Hosts.ShouldBe(["a", "b"]);
        options.Inner.On.ShouldBeTrue();
    }

    [Fact]
    public void A_misspelt_key_is_named_with_the_nearest_one()
    {
        var complaint = Bind(("Wiat", "00:20:00")).Complaints.ShouldHaveSingleItem();

        complaint.ToString().ShouldBe("Part:Wiat: is not a known setting. Did you mean Wait?");
    }

    [Fact]
    public void A_misspelt_key_in_an_inner_section_is_named_by_its_full_path()
    {
        Bind(("Inner:Onn", "true")).Complaints.ShouldHaveSingleItem().Key.ShouldBe("Part:Inner:Onn");
    }

    [Theory]
    [InlineData("Wait", "20", "a duration")]
    [InlineData("Wait", "soon", "a duration")]
    [InlineData("Most", "many", "a whole number")]
    [InlineData("Mode", "Slow", "one of Safe, Fast")]
    [InlineData("Inner:On", "maybe", "true or false")]
    public void A_value_that_cannot_be_read_says_what_to_write(string key, string value, string form)
    {
        var complaint = Bind((key, value)).Complaints.ShouldHaveSingleItem();

        complaint.Key.ShouldBe("Part:" + key);
        complaint.Fix.ShouldContain(form);
        complaint.ToString().ShouldNotContain(value + "'");
    }

    [Fact]
    public void A_single_value_for_a_list_and_a_section_for_a_value_are_refused()
    {
        Bind(("Hosts", "a")).Complaints.ShouldHaveSingleItem().Problem.ShouldContain("a list is expected");
        Bind(("Name:First", "a")).Complaints.ShouldHaveSingleItem().Problem.ShouldContain("a single value is expected");
    }

    [Fact]
    public void A_secret_never_prints_itself()
    {
        new Secret("hunter2").ToString().ShouldBe("[secret]");
    }

    private static (Part Options, IReadOnlyList<Complaint> Complaints) Bind(params (string Key, string Value)[] settings) => StrictBinder.Bind<Part>(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>("Part:" + s.Key, s.Value)))
            .Build()
            .GetSection("Part"));

    internal enum Mode
    {
        Safe,
        Fast,
    }

    internal sealed class Part
    {
        public string? Name { get; set; }

        public TimeSpan Wait { get; set; }

        public int Most { get; set; }

        public Mode Mode { get; set; }

        public Secret? Token { get; set; }

        public List<string> Hosts { get; } = [];

        public Inner Inner { get; set; } = new();
    }

    internal sealed class Inner
    {
        public bool On { get; set; }
    }
}
