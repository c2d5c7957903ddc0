using CrmSync.Connectors.Salesforce;
using CrmSync.Simulators.Salesforce.Soql;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SoqlLiteralTests
{
    [Theory]
    [InlineData("it's", @"'it\'s'")]
    [InlineData(@"a\b", @"'a\\b'")]
    [InlineData("a\nb", @"'a\nb'")]
    [InlineData("' OR Id != '", @"'\' OR Id != \''")]
    public void A_value_stays_a_value(string value, string literal) => Soql.Literal(value).ShouldBe(literal);

    [Fact]
    public void Any_text_is_read_back_as_it_was() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            SoqlLexer.Read(Soql.Literal(text.Get)) is [{ Kind: TokenKind.Text } token, { Kind: TokenKind.End }] && token.Value == text.Get)
            .QuickCheckThrowOnFailure();
}
