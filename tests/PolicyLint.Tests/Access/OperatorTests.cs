using PolicyLint.Engine.Access;

namespace PolicyLint.Tests.Access;

public class OperatorTests
{
    [Theory]
    [InlineData("StringEquals", Comparison.StringEquals, false, false, SetPrefix.None)]
    [InlineData("StringNotEqualsIfExists", Comparison.StringEquals, true, true, SetPrefix.None)]
    [InlineData("ForAnyValue:StringLike", Comparison.StringLike, false, false, SetPrefix.ForAnyValue)]
    [InlineData("ForAllValues:ArnNotLikeIfExists", Comparison.Arn, true, true, SetPrefix.ForAllValues)]
    [InlineData("ArnEquals", Comparison.Arn, false, false, SetPrefix.None)]
    [InlineData("ArnLike", Comparison.Arn, false, false, SetPrefix.None)]
    [InlineData("NotIpAddress", Comparison.IpAddress, true, false, SetPrefix.None)]
    [InlineData("ForAnyValue:Null", Comparison.Null, false, false, SetPrefix.ForAnyValue)]
    public void An_operator_is_a_comparison_with_a_prefix_and_a_suffix(string name, Comparison comparison, bool negated, bool ifExists, SetPrefix prefix)
    {
        Assert.Equal(new Operator(comparison, negated, ifExists, prefix, name), Operator.Read(name));
        Assert.Equal(name, Operator.Read(name).ToString());
    }

    [Theory]
    [InlineData("stringequals")]
    [InlineData("StringEqual")]
    [InlineData("NullIfExists")]
    [InlineData("StringEqualsIfExistsIfExists")]
    [InlineData("forAnyValue:StringEquals")]
    [InlineData("ForAnyValue:ForAllValues:StringEquals")]
    [InlineData("")]
    public void Other_names_are_no_operators(string name) => Assert.Null(Operator.Read(name));

    [Fact]
    public void Every_name_that_is_suggested_is_one() => Assert.All(Operator.Names, n => Assert.NotNull(Operator.Read(n)));
}
