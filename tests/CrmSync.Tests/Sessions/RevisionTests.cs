using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using static CrmSync.Tests.Sessions.SessionText;

namespace CrmSync.Tests.Sessions;

public sealed class RevisionTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "10e-1")]
    [InlineData("100", "1E+2")]
    [InlineData("0", "-0.0e7")]
    [InlineData("12345678901234567890123456789012345678901", "1.2345678901234567890123456789012345678901e40")]
    [InlineData("\"a\"", "\"\\u0061\"")]
    [InlineData("{\"x\":1,\"y\":[]}", "{ \"y\" : [ ], \"x\" : 1 }")]
    public void Another_spelling_has_the_same_meaning(string one, string other)
    {
        Semantic(one).ShouldBe(Semantic(other));
    }

    [Theory]
    [InlineData("1", "\"1\"")]
    [InlineData("1", "1.0000000000000000000000000000000000000001")]
    [InlineData("null", "\"\"")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("[10,21]", "[1000000000000,1]")]
    [InlineData("[[1],2]", "[[1,2]]")]
    [InlineData("[\"a\",\"b\"]", "[\"ab\"]")]
    [InlineData("{\"x\":1}", "{\"y\":1}")]
    [InlineData("1", "-1")]
    public void Another_meaning_has_another_hash(string one, string other)
    {
        Semantic(one).ShouldNotBe(Semantic(other));
    }

    [Fact]
    public void The_order_of_keys_never_matters()
    {
        Prop.ForAll<int[], int>((values, seed) =>
        {
            var keys = values.Select((value, index) => ($"k{index}", value)).ToList();
            var shuffled = keys.OrderBy(pair => HashCode.Combine(pair.Item1, seed)).ToList();

            return Semantic(Text(keys)) == Semantic(Text(shuffled));
        }).QuickCheckThrowOnFailure();

        static string Text(IEnumerable<(string Key, int Value)> pairs) =>
            new JsonObject(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))).ToJsonString();
    }

    [Theory]
    [InlineData("\"out_ticket_id\":\"7\"")]
    [InlineData("\"dispositions\":[{\"code\":\"Refund\"}]")]
    [InlineData("\"notes\":\"called back\"")]
    [InlineData("\"rating\":4")]
    [InlineData("\"feedback\":\"fine\"")]
    [InlineData("\"recording_url\":\"https://a.example/r.mp3\"")]
    [InlineData("\"recording_permission\":\"denied\"")]
    public void What_an_agent_would_read_again_is_relevant(string keys)
    {
        Call(keys).Revision.RelevantSha256.ShouldNotBe(Call().Revision.RelevantSha256);
    }

    [Theory]
    [InlineData("\"updated_at\":\"2026-03-05T10:00:00Z\"")]
    [InlineData("\"call_duration\":7")]
    [InlineData("\"participants\":[{\"id\":1}]")]
    [InlineData("\"something_new\":true")]
    public void What_an_agent_would_not_read_again_is_not_relevant(string keys)
    {
        Call(keys).Revision.RelevantSha256.ShouldBe(Call().Revision.RelevantSha256);
    }

    [Fact]
    public void A_recording_link_that_is_signed_anew_is_the_same_recording()
    {
        Call("\"recording_url\":\"https://a.example/r.mp3?sig=1\"").Revision.RelevantSha256
            .ShouldBe(Call("\"recording_url\":\"https://a.example/r.mp3?sig=2\"").Revision.RelevantSha256);
    }

    [Fact]
    public void The_content_hash_is_that_of_the_bytes()
    {
        var session = Call();

        session.Revision.ContentSha256.ShouldBe(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(session.Bytes.Span)));
    }

    private static string Semantic(string value) => Call(string.Create(CultureInfo.InvariantCulture, $"\"v\":{value}")).Revision.SemanticSha256;
}
