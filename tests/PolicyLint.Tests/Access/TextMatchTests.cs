using System.Collections.Immutable;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;
using Xunit.Abstractions;

namespace PolicyLint.Tests.Access;

public class TextMatchTests
{
    private static Truth Match(string pattern, string text) => Match(Given.TextOf(pattern), Given.TextOf(text));

    private static Truth Match(Text pattern, Text text) =>
        TextMatch.Match(Pattern.Read(pattern, wildcards: true, variables: false).For(RequestContext.Empty(ContextValue.Absent))!, text.Tokens);

    [Theory]
    [InlineData("", "", Truth.Yes)]
    [InlineData("", "a", Truth.No)]
    [InlineData("a", "", Truth.No)]
    [InlineData("abc", "abc", Truth.Yes)]
    [InlineData("abc", "Abc", Truth.No)]
    [InlineData("abc", "abcd", Truth.No)]
    [InlineData("*", "", Truth.Yes)]
    [InlineData("?", "", Truth.No)]
    [InlineData("a*c", "ac", Truth.Yes)]
    [InlineData("a*c", "abbc", Truth.Yes)]
    [InlineData("a*c", "abbd", Truth.No)]
    [InlineData("a**c", "abc", Truth.Yes)]
    [InlineData("a?c", "abc", Truth.Yes)]
    [InlineData("a?c", "ac", Truth.No)]
    [InlineData("*a*b*", "xaxxbx", Truth.Yes)]
    [InlineData("*a*b*", "xbxxax", Truth.No)]
    public void Known_texts_match_or_do_not(string pattern, string text, Truth expected) => Assert.Equal(expected, Match(pattern, text));

    [Theory]
    // the examples of 8.2
    [InlineData("arn:aws:s3:::⟨bucket B⟩/*", "arn:aws:s3:::⟨bucket B⟩/o", Truth.Yes)]
    [InlineData("arn:aws:cloudfront::⟨account⟩:distribution/*", "arn:aws:cloudfront::⟨account⟩:distribution/⟨distribution D⟩", Truth.Yes)]
    [InlineData("arn:aws:s3:::prod-*", "arn:aws:s3:::⟨bucket B⟩", Truth.Unknown)]
    [InlineData("arn:aws:s3:::logs-*", "arn:aws:s3:::app-⟨text x⟩", Truth.No)]
    // the same symbol
    [InlineData("⟨text x⟩", "⟨text x⟩", Truth.Yes)]
    [InlineData("a⟨text x⟩b", "a⟨text x⟩b", Truth.Yes)]
    [InlineData("a⟨text x⟩b", "a⟨text x⟩c", Truth.No)]
    [InlineData("*⟨text x⟩", "b⟨text x⟩", Truth.Yes)]
    [InlineData("⟨text x⟩*", "⟨text x⟩b", Truth.Yes)]
    [InlineData("⟨text x⟩", "⟨text y⟩", Truth.Unknown)]
    // made by AWS, against what is written down (8.3 rule 3)
    [InlineData("prod", "⟨bucket B⟩", Truth.No)]
    [InlineData("arn:aws:s3:::prod/*", "arn:aws:s3:::⟨bucket B⟩/o", Truth.No)]
    [InlineData("⟨bucket B⟩", "prod", Truth.No)]
    [InlineData("prod", "⟨named B⟩", Truth.Unknown)]
    [InlineData("⟨named B⟩", "prod", Truth.Unknown)]
    [InlineData("*", "⟨bucket B⟩", Truth.Yes)]
    [InlineData("E*", "⟨distribution D⟩", Truth.Unknown)]
    [InlineData("?????????????", "⟨distribution D⟩", Truth.Unknown)]
    // made by AWS, both of them (8.3 rule 2)
    [InlineData("⟨bucket A⟩", "⟨bucket B⟩", Truth.No)]
    [InlineData("⟨named A⟩", "⟨named B⟩", Truth.Unknown)]
    [InlineData("⟨bucket A⟩", "⟨named B⟩", Truth.Unknown)]
    // what a charset rules out
    [InlineData("a/b", "⟨named B⟩", Truth.No)]
    [InlineData("Prod", "⟨named B⟩", Truth.No)]
    [InlineData("ab", "⟨named B⟩", Truth.No)]
    [InlineData("*/*", "⟨bucket B⟩", Truth.No)]
    [InlineData("e*", "⟨distribution D⟩", Truth.No)]
    [InlineData("111122223333", "⟨account⟩", Truth.Unknown)]
    [InlineData("1111", "⟨account⟩", Truth.No)]
    [InlineData("cloudfront", "⟨account⟩", Truth.No)]
    [InlineData("⟨account⟩", "cloudfront", Truth.No)]
    [InlineData("⟨account A⟩", "⟨account B⟩", Truth.Unknown)]
    // a parameter in a pattern may hold wildcards, in a text it may be anything
    [InlineData("⟨parameter P⟩", "⟨parameter P⟩", Truth.Yes)]
    [InlineData("⟨parameter P⟩", "any/thing", Truth.Unknown)]
    [InlineData("⟨parameter P⟩", "⟨bucket B⟩", Truth.Unknown)]
    [InlineData("⟨parameter P⟩", "", Truth.Unknown)]
    [InlineData("x⟨parameter P⟩", "abc", Truth.No)]
    [InlineData("⟨parameter P⟩x", "abc", Truth.No)]
    [InlineData("abc", "⟨parameter P⟩", Truth.Unknown)]
    [InlineData("⟨parameter P⟩/x", "a/b/x", Truth.Unknown)]
    // wildcards over holes
    [InlineData("?", "⟨text x⟩", Truth.Unknown)]
    [InlineData("*x", "⟨text x⟩", Truth.Unknown)]
    [InlineData("*x", "⟨text x⟩x", Truth.Yes)]
    [InlineData("x*", "⟨text x⟩x", Truth.Unknown)]
    [InlineData("a*", "b⟨text x⟩", Truth.No)]
    [InlineData("a*b", "a⟨text x⟩", Truth.Unknown)]
    [InlineData("", "⟨text x⟩", Truth.Unknown)]
    [InlineData("", "⟨bucket B⟩", Truth.No)]
    public void Holes_match_where_every_filling_does(string pattern, string text, Truth expected) => Assert.Equal(expected, Match(pattern, text));

    [Fact]
    public void T_805_objects_of_another_new_bucket_are_not_hit() =>
        Assert.Equal(Truth.No, Match("arn:aws:s3:::⟨bucket Other⟩/*", "arn:aws:s3:::⟨bucket Bucket⟩/⟨any key⟩"));

    [Theory]
    [InlineData("111122223333", "111122223333", Truth.No)]
    [InlineData("444455556666", "111122223333", Truth.Unknown)]
    [InlineData("⟨account⟩", "⟨account⟩", Truth.No)]
    [InlineData("⟨account other⟩", "⟨account⟩", Truth.Unknown)]
    [InlineData("cloudfront", "⟨account⟩", Truth.No)]
    [InlineData("*", "111122223333", Truth.Yes)]
    public void An_account_that_is_another_one_never_is_that_one(string written, string notThis, Truth expected)
    {
        var other = Text.Of(RequestContext.Other(Given.TextOf(notThis)));
        Assert.Equal(expected, Match(Given.TextOf($"arn:aws:iam::{written}:root"), Text.Of("arn:aws:iam::") + other + Text.Of(":root")));
    }

    [Theory]
    [InlineData("a", "a", Truth.Yes)]
    [InlineData("a*", "a*", Truth.Yes)]
    [InlineData("a*", "ab", Truth.No)]
    [InlineData("⟨named B⟩", "prod", Truth.Unknown)]
    [InlineData("⟨user Oai⟩", "⟨user Oai⟩", Truth.Yes)]
    [InlineData("⟨user Oai⟩", "⟨user Other⟩", Truth.No)]
    [InlineData("⟨user Oai⟩", "0123456789abcdef", Truth.No)]
    public void Equal_texts_have_no_wildcards(string left, string right, Truth expected) =>
        Assert.Equal(expected, TextMatch.Equal(Given.TextOf(left), Given.TextOf(right)));

    [Theory]
    [InlineData("long known text")]
    [InlineData("many stars")]
    [InlineData("many stars and a long text")]
    [InlineData("many holes in the text")]
    [InlineData("many parameters in the pattern")]
    public async Task What_is_too_much_to_compare_ends_soon(string what)
    {
        var (pattern, text) = what switch
        {
            "long known text" => (Text.Of("*b"), Text.Of(new string('a', 1 << 20))),
            "many stars" => (Text.Of(string.Concat(Enumerable.Repeat("*a", 500)) + "b"), Text.Of(new string('a', 1000))),
            "many stars and a long text" => (Text.Of(string.Concat(Enumerable.Repeat("*a", 100_000)) + "b"), Text.Of(new string('a', 1 << 20))),
            "many holes in the text" => (Text.Of(new string('a', 1000)), Given.TextOf(string.Concat(Enumerable.Range(0, 1000).Select(i => $"⟨text {i}⟩")) + "b")),
            _ => (Given.TextOf(string.Concat(Enumerable.Range(0, 1000).Select(i => $"⟨parameter {i}⟩")) + "b"), Text.Of(new string('a', 1000))),
        };
        var found = await Task.Run(() => Match(pattern, text)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.NotEqual(Truth.Yes, found);
    }

    [Fact]
    public void A_long_known_text_equals_itself_and_nothing_else()
    {
        var (text, other) = (new string('a', 1 << 20), new string('a', 1 << 20) + "b");
        Assert.Equal(Truth.Yes, TextMatch.Equal(Text.Of(text), Text.Of(text)));
        Assert.Equal(Truth.No, TextMatch.Equal(Text.Of(text), Text.Of(other)));
    }
}

/// <summary>The matcher against a slow and obvious twin: every filling of every hole, tried in turn.</summary>
public class TextMatchTwinTests(ITestOutputHelper output)
{
    private static readonly string[] Pieces = ["a", "b", "*", "?", "⟨text x⟩", "⟨text y⟩", "⟨parameter p⟩", "⟨bucket g⟩", "⟨bucket h⟩"];
    private static readonly string[] Short = ["", "a", "b", "ab", "ba", "abb"];

    private static readonly Dictionary<string, string[]> Fillings = new(StringComparer.Ordinal)
    {
        ["text x"] = Short,
        ["text y"] = Short,
        ["parameter p"] = [.. Short, "*", "a*", "?"],
        ["bucket g"] = ["ggg", "gzgg"],
        ["bucket h"] = ["hhh", "hzhh"],
    };

    [Fact]
    public void No_answer_is_certain_that_some_filling_contradicts()
    {
        var random = new Random(20261121);
        var certain = 0;
        for (var i = 0; i < 6000; i++)
        {
            var (pattern, text) = (Draw(random, Pieces), Draw(random, Pieces.Where(p => p is not ("*" or "?")).ToArray()));
            var truth = TextMatch.Match(
                Pattern.Read(Given.TextOf(pattern), wildcards: true, variables: false).For(RequestContext.Empty(ContextValue.Absent))!,
                Given.TextOf(text).Tokens);
            if (truth is Truth.Unknown) continue;
            certain++;
            foreach (var (p, t) in Filled(pattern, text, Fillings.Keys.ToImmutableList()))
                Assert.True(Matches(p, t) == (truth is Truth.Yes), $"`{pattern}` against `{text}` is {truth}, but `{p}` against `{t}` is not");
        }
        output.WriteLine($"{certain} certain answers");
        Assert.True(certain > 2000);
    }

    private static string Draw(Random random, string[] from) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => from[random.Next(from.Length)]));

    /// <summary>A parameter that the text holds as well is a part of a real name, so it holds no wildcard.</summary>
    private static IEnumerable<(string Pattern, string Text)> Filled(string pattern, string text, ImmutableList<string> symbols)
    {
        if (symbols.IsEmpty) return [(pattern, text)];
        var hole = $"⟨{symbols[0]}⟩";
        var rest = symbols.RemoveAt(0);
        if (!(pattern + text).Contains(hole, StringComparison.Ordinal)) return Filled(pattern, text, rest);
        var fillings = text.Contains(hole, StringComparison.Ordinal) ? Fillings[symbols[0]].Where(f => f.AsSpan().IndexOfAny('*', '?') < 0) : Fillings[symbols[0]];
        return fillings.SelectMany(f => Filled(pattern.Replace(hole, f, StringComparison.Ordinal), text.Replace(hole, f, StringComparison.Ordinal), rest));
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty) return text.IsEmpty;
        if (pattern[0] == '*') return Matches(pattern[1..], text) || (!text.IsEmpty && Matches(pattern, text[1..]));
        return !text.IsEmpty && (pattern[0] == '?' || pattern[0] == text[0]) && Matches(pattern[1..], text[1..]);
    }
}
