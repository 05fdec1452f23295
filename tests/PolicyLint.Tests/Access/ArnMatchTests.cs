using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

public class ArnMatchTests
{
    private static Tokens TokensOf(string pattern) =>
        Pattern.Read(Given.TextOf(pattern), wildcards: true, variables: false).For(RequestContext.Empty(ContextValue.Absent))!;

    [Theory]
    [InlineData("arn:aws:s3:*:*:b", "arn:aws:s3:::b", Truth.Yes)]
    [InlineData("*", "arn:aws:s3:::b", Truth.Yes)]
    [InlineData("arn:aws:s3:::b*", "arn:aws:s3:::b1", Truth.Yes)]
    [InlineData("arn:aws:s3:::B", "arn:aws:s3:::b", Truth.No)]
    [InlineData("arn:aws:s3:::b", "arn:aws:s3:::b:c", Truth.No)]
    [InlineData("arn:aws:sns:*:1:t:*", "arn:aws:sns:eu-west-1:1:t:sub:scription", Truth.Yes)]
    [InlineData("arn:aws:*", "arn:aws:s3:::b", Truth.No)]
    [InlineData("arn:aws:s3:::b", "b", Truth.No)]
    [InlineData("b", "arn:aws:s3:::b", Truth.No)]
    [InlineData("arn:aws:cloudfront::⟨account⟩:distribution/⟨distribution D⟩", "arn:aws:cloudfront::⟨account⟩:distribution/⟨distribution D⟩", Truth.Yes)]
    [InlineData("arn:aws:cloudfront::⟨account⟩:distribution/*", "arn:aws:cloudfront::⟨account⟩:distribution/⟨distribution D⟩", Truth.Yes)]
    [InlineData("arn:aws:cloudfront::111122223333:distribution/*", "arn:aws:cloudfront::⟨account⟩:distribution/⟨distribution D⟩", Truth.Unknown)]
    [InlineData("arn:aws:cloudfront::⟨account⟩:distribution/E1AAAAAAAAAAAA", "arn:aws:cloudfront::⟨account⟩:distribution/⟨distribution D⟩", Truth.No)]
    [InlineData("⟨parameter Arn⟩", "arn:aws:s3:::b", Truth.Unknown)]
    [InlineData("arn:aws:s3:::b", "⟨text x⟩", Truth.Unknown)]
    [InlineData("arn:aws:s3:::b", "x⟨text x⟩", Truth.No)]
    public void Operators_compare_six_parts(string pattern, string value, Truth expected) =>
        Assert.Equal(expected, ArnMatch.Of(TokensOf(pattern), Given.TextOf(value).Tokens));

    [Fact]
    public void T_114_a_star_takes_an_empty_part() => Assert.Equal(Truth.Yes, ArnMatch.Of(TokensOf("arn:aws:s3:*:*:b"), Text.Of("arn:aws:s3:::b").Tokens));

    [Fact]
    public void The_difference_between_the_string_and_the_arn_operators_is_the_colon()
    {
        var pattern = TokensOf("arn:aws:someservice:*:111122223333:finance/*");
        var value = Text.Of("arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt");
        Assert.Equal(Truth.Yes, TextMatch.Match(pattern, value.Tokens));
        Assert.Equal(Truth.No, ArnMatch.Of(pattern, value.Tokens));
    }

    [Theory]
    [InlineData("T-102", "b/*/test/*", "b/1///test///o.jpg", Truth.Yes)]
    [InlineData("T-102", "b/*/test/*", "b/1/test/", Truth.Yes)]
    [InlineData("T-103", "b/*/test/*", "b/1-test/o", Truth.No)]
    [InlineData("T-103", "b/*/test/*", "b/test/o", Truth.No)]
    [InlineData("T-103", "b/*/test/*", "b/1/2/test.jpg", Truth.No)]
    [InlineData("1.4 rule 32", "b/*/test/*", "b/1/2/test/x", Truth.Yes)]
    [InlineData("1.4 rule 32", "b/*/test/*", "b//test/x", Truth.Yes)]
    [InlineData("1.4 rule 31", "b/Key", "b/key", Truth.No)]
    [InlineData("T-412", "b", "b/⟨any key⟩", Truth.No)]
    [InlineData("T-414", "b/site/*", "b/site/⟨any key⟩", Truth.Yes)]
    [InlineData("T-414", "b/other/*", "b/site/⟨any key⟩", Truth.No)]
    [InlineData("8.2", "b/site/*", "b/⟨any key⟩", Truth.Unknown)]
    [InlineData("8.2", "b/*", "b/⟨any key⟩", Truth.Yes)]
    [InlineData("8.2", "b*", "b/⟨any key⟩", Truth.Yes)]
    [InlineData("8.2", "*", "b/⟨any key⟩", Truth.Yes)]
    public void A_slash_is_no_border(string id, string pattern, string resource, Truth expected)
    {
        Assert.NotEmpty(id);
        Assert.Equal(expected, ArnMatch.OfResource(TokensOf($"arn:aws:s3:::{pattern}"), Given.TextOf($"arn:aws:s3:::{resource}").Tokens));
    }

    [Theory]
    [InlineData("*", "arn:aws:s3:::b", Truth.Yes)]
    [InlineData("arn:aws:s3:*", "arn:aws:s3:::b", Truth.Unknown)]
    [InlineData("arn:aws:s3:*", "arn:aws:sqs:::b", Truth.No)]
    [InlineData("arn:*:s3:::b", "arn:aws:s3:::b", Truth.Yes)]
    [InlineData("arn:aws:s3:*:*:b", "arn:aws:s3:::b", Truth.Yes)]
    [InlineData("arn:aws:sqs:*:1:q", "arn:aws:sqs:eu-west-1:1:q", Truth.Yes)]
    [InlineData("arn:aws:sqs:*:1:q", "arn:aws:sqs:eu-west-1:2:q", Truth.No)]
    [InlineData("arn:⟨text partition⟩:s3:::b", "arn:aws:s3:::b", Truth.Unknown)]
    [InlineData("⟨parameter Arn⟩", "arn:aws:s3:::b", Truth.Unknown)]
    [InlineData("⟨parameter Arn⟩", "⟨parameter Arn⟩", Truth.Yes)]
    public void A_star_that_may_run_past_a_colon_leaves_it_open(string pattern, string resource, Truth expected) =>
        Assert.Equal(expected, ArnMatch.OfResource(TokensOf(pattern), Given.TextOf(resource).Tokens));

    [Fact]
    public void T_104_part_by_part_and_run_on_differ() =>
        Assert.Equal(Truth.Unknown, ArnMatch.OfResource(TokensOf("arn:aws:dynamodb:*:table/prod-*"), Text.Of("arn:aws:dynamodb:us-east-1:1:table/prod-x").Tokens));
}
