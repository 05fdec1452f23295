using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

public class PatternTests
{
    private static readonly RequestContext Bob = RequestContext.Empty(ContextValue.Absent)
        .With("aws:username", ContextValue.Of("bob"))
        .With("aws:PrincipalTag/star", ContextValue.Of("*"))
        .With("aws:userid", ContextValue.Unknown)
        .With("aws:CalledVia", ContextValue.Of("a", "b"));

    private static Truth? Match(string pattern, string text, bool variables = true, bool wildcards = true) =>
        Pattern.Read(Given.TextOf(pattern), wildcards, variables).For(Bob) is { } tokens ? TextMatch.Match(tokens, Given.TextOf(text).Tokens) : null;

    [Theory]
    [InlineData("b/${aws:username}/*", "b/bob/x", Truth.Yes)]
    [InlineData("b/${AWS:UserName}/*", "b/bob/x", Truth.Yes)]
    [InlineData("b/${aws:username}/*", "b/eve/x", Truth.No)]
    [InlineData("b/${aws:PrincipalTag/team, 'cw'}", "b/cw", Truth.Yes)]
    [InlineData("b/${aws:PrincipalTag/team, 'cw'}", "b/x", Truth.No)]
    [InlineData("b/${aws:username, 'cw'}", "b/bob", Truth.Yes)]
    [InlineData("b/${aws:PrincipalTag/team, '*'}", "b/x", Truth.No)]
    [InlineData("b/${aws:PrincipalTag/team, '*'}", "b/*", Truth.Yes)]
    [InlineData("b/${aws:PrincipalTag/star}", "b/x", Truth.No)]
    [InlineData("b/${aws:PrincipalTag/star}", "b/*", Truth.Yes)]
    [InlineData("b/${aws:userid}", "b/x", Truth.Unknown)]
    [InlineData("b/${aws:userid}", "c/x", Truth.No)]
    [InlineData("b/${aws:CalledVia}", "b/a", Truth.Unknown)]
    [InlineData("${*}${?}${$}", "*?$", Truth.Yes)]
    [InlineData("${*}", "x", Truth.No)]
    [InlineData("a${", "a${", Truth.Yes)]
    public void Variables_become_what_the_request_has(string pattern, string text, Truth expected) => Assert.Equal(expected, Match(pattern, text));

    [Fact]
    public void T_106_a_variable_without_a_value_takes_its_default() => Assert.Equal(Truth.Yes, Match("${aws:PrincipalTag/team, 'cw'}", "cw"));

    [Fact]
    public void A_variable_without_a_value_or_default_matches_nothing() => Assert.Null(Match("b/${aws:PrincipalTag/team}", "b/x"));

    [Theory]
    [InlineData("b/${aws:username}", "b/bob", Truth.No)]
    [InlineData("b/${aws:username}", "b/${aws:username}", Truth.Yes)]
    [InlineData("b/${*}", "b/${abc}", Truth.Yes)]
    public void Without_version_2012_a_variable_is_plain_text(string pattern, string text, Truth expected) =>
        Assert.Equal(expected, Match(pattern, text, variables: false));

    [Theory]
    [InlineData("b*", "b1", Truth.No)]
    [InlineData("b*", "b*", Truth.Yes)]
    [InlineData("b?", "b1", Truth.No)]
    [InlineData("${*}", "*", Truth.Yes)]
    public void Without_wildcards_stars_are_plain_text(string pattern, string text, Truth expected) =>
        Assert.Equal(expected, Match(pattern, text, wildcards: false));

    [Theory]
    [InlineData("*", true, true, false)]
    [InlineData("b*", false, true, false)]
    [InlineData("b", false, false, false)]
    [InlineData("${aws:username}", false, false, true)]
    [InlineData("${aws:username}*", false, true, true)]
    public void A_pattern_tells_what_is_in_it(string pattern, bool everything, bool wildcard, bool variable)
    {
        var read = Pattern.Read(Text.Of(pattern), wildcards: true, variables: true);
        Assert.Equal((everything, wildcard, variable), (read.IsEverything, read.HasWildcard, read.HasVariable));
        Assert.Equal(pattern, read.ToString());
    }
}
