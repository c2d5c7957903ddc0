using CrmSync.Connectors.Salesforce;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceIdsTests
{
    [Theory]
    [InlineData("a01M00000062mPg", "IAI")]
    [InlineData("001M000000qfPyS", "IAU")]
    [InlineData("a0FE000000D6r3F", "MAR")]
    [InlineData("0F9E000000092w2", "KAA")]
    [InlineData("a0RE000000IJmcN", "MAT")]
    [InlineData("0015500001QdQWa", "AAN")]
    [InlineData("068D00000000pgO", "IAQ")]
    [InlineData("aaaaaaaaaaaaaaa", "AAA")]
    [InlineData("AbCdEfGhIjKlMnO", "VKV")]
    [InlineData("aBcDEfgHIJKLMNO", "025")]
    public void Fifteen_characters_get_their_checksum(string id15, string checksum) =>
        SalesforceIds.Normalize(id15).ShouldBe(id15 + checksum);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("5000000000000")]
    [InlineData("500-00000000001")]
    [InlineData("a01M00000062mPgIAJ")]
    [InlineData("a01M00000062mPgI!I")]
    [InlineData("a01M00000062mPgIAIx")]
    public void What_is_no_id_is_none(string? text) => SalesforceIds.Normalize(text).ShouldBeNull();

    [Fact]
    public void Capitals_lost_on_the_way_are_restored()
    {
        var letters = Gen.Elements("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".ToCharArray());

        Prop.ForAll(letters.ArrayOf(15).ToArbitrary(), chars =>
        {
            var id = SalesforceIds.Normalize(new string(chars))!;
            return SalesforceIds.Normalize(id.ToUpperInvariant()) == id && SalesforceIds.Normalize(id.ToLowerInvariant()) == id;
        }).QuickCheckThrowOnFailure();
    }
}
