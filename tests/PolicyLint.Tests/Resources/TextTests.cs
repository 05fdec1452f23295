using PolicyLint.Engine.Resources;
using PolicyLint.Tests.Access;

namespace PolicyLint.Tests.Resources;

public class TextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("⟨text x⟩", null)]
    [InlineData("a⟨text x⟩", null)]
    public void A_text_is_known_where_it_has_no_hole(string written, string? known) => Assert.Equal(known, Given.TextOf(written).Known);

    [Fact]
    public void Neighbouring_literals_are_joined()
    {
        var text = Text.Of("a") + Text.Empty + Text.Of("b") + Given.TextOf("⟨text x⟩") + Text.Of("c") + Text.Of("d");
        Assert.Equal(3, text.Pieces.Length);
        Assert.Equal("ab⟨text x⟩cd", text.ToString());
        Assert.Equal("ab", (Text.Of("a") + Text.Of("b")).Known);
    }

    [Theory]
    [InlineData("⟨text x⟩", "⟨text x⟩", true)]
    [InlineData("a⟨text x⟩b", "a⟨text x⟩b", true)]
    [InlineData("⟨text x⟩", "⟨text y⟩", false)]
    [InlineData("⟨text x⟩", "text x", false)]
    [InlineData("a⟨text x⟩", "⟨text x⟩a", false)]
    [InlineData("", "", true)]
    public void Texts_are_equal_where_they_surely_are(string left, string right, bool equal)
    {
        Assert.Equal(equal, Given.TextOf(left).Equals(Given.TextOf(right)));
        Assert.Equal(equal, Given.TextOf(left).Key == Given.TextOf(right).Key);
    }

    [Fact]
    public void A_symbol_of_another_document_is_another_text()
    {
        var (here, there) = (new Symbol("a.yaml", "parameter Env") { Display = "Env" }, new Symbol("b.yaml", "parameter Env") { Display = "Env" });
        Assert.NotEqual(here, there);
        Assert.NotEqual(Text.Of(here), Text.Of(there));
        Assert.Equal(here, here with { Charset = Charset.Bucket });
    }

    [Theory]
    [InlineData("a:b:c", "a|b|c")]
    [InlineData("abc", "abc")]
    [InlineData(":", "|")]
    [InlineData("a:⟨text x⟩:c", "a|⟨text x⟩|c")]
    [InlineData("a⟨text x⟩:c", "a⟨text x⟩|c")]
    [InlineData("⟨text x⟩", "⟨text x⟩")]
    public void A_text_is_split_at_the_separators_that_are_written(string written, string parts) =>
        Assert.Equal(parts, string.Join("|", Given.TextOf(written).Split(":")));

    [Fact]
    public void A_text_that_is_one_symbol_tells_it()
    {
        Assert.Equal(Given.SymbolOf("text x"), Given.TextOf("⟨text x⟩").Only);
        Assert.Null(Given.TextOf("a⟨text x⟩").Only);
        Assert.Null(Given.TextOf("a").Only);
        Assert.Equal(["text x", "text y"], Given.TextOf("⟨text x⟩a⟨text y⟩").Symbols.Select(s => s.Name));
    }
}

public class TruthTests
{
    [Theory]
    [InlineData(Truth.Yes, Truth.Yes, Truth.Yes, Truth.Yes)]
    [InlineData(Truth.Yes, Truth.Unknown, Truth.Unknown, Truth.Yes)]
    [InlineData(Truth.Yes, Truth.No, Truth.No, Truth.Yes)]
    [InlineData(Truth.Unknown, Truth.Unknown, Truth.Unknown, Truth.Unknown)]
    [InlineData(Truth.Unknown, Truth.No, Truth.No, Truth.Unknown)]
    [InlineData(Truth.No, Truth.No, Truth.No, Truth.No)]
    public void And_is_the_least_and_or_the_most(Truth left, Truth right, Truth and, Truth or)
    {
        Assert.Equal((and, and), (left.And(right), right.And(left)));
        Assert.Equal((or, or), (left.Or(right), right.Or(left)));
        Assert.Equal(left.Or(right), left.Not().And(right.Not()).Not());
    }

    [Fact]
    public void Not_of_unknown_is_unknown() => Assert.Equal([Truth.Yes, Truth.Unknown, Truth.No], new[] { Truth.No, Truth.Unknown, Truth.Yes }.Select(t => t.Not()));
}

public class CharsetTests
{
    [Theory]
    [InlineData("account", "111122223333", "a*")]
    [InlineData("partition", "aws-cn", "A:*")]
    [InlineData("region", "eu-west-1", "A:*")]
    [InlineData("bucket", "my.bucket-1", "A/*:_")]
    [InlineData("cloudfront-id", "E1AAAAAAAAAAAA", "e-*")]
    [InlineData("hex", "0123abcdef", "gA*")]
    [InlineData("uuid", "0123abcd-ef01-2345-6789-0123456789ab", "gA*")]
    [InlineData("iam-name", "My_role+=,.@-1", "/*:")]
    [InlineData("name", "My_name-1.x", "/*:")]
    [InlineData("any", "*?$/:", "")]
    public void A_charset_has_what_its_identifiers_have(string name, string has, string hasNot)
    {
        var charset = Charset.ByName[name];
        Assert.All(has, c => Assert.True(charset.Has(c)));
        Assert.All(hasNot, c => Assert.False(charset.Has(c)));
        Assert.True(charset.Shortest <= has.Length);
    }
}
