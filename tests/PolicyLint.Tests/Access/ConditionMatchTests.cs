using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

public class ConditionMatchTests
{
    private const string Key = "aws:Key";

    private static Truth Match(string @operator, string values, ContextValue value, bool wanted = true, string key = Key)
    {
        var statement = Given.StatementOf($"{{ Effect: Allow, Action: '*', Condition: {{ '{@operator}': {{ '{key}': {values} }} }} }}");
        return ConditionMatch.Of(Assert.Single(statement.Conditions), RequestContext.Empty(ContextValue.Absent).With(Key, value), wanted);
    }

    private static ContextValue Maybe(string value) => ContextValue.Of(value) with { Presence = Truth.Unknown };

    public static TheoryData<string, string, string, Truth, bool, bool> Rows()
    {
        // operator, values, a value that compares true, the truth when absent, …IfExists and set prefixes allowed
        var rows = new TheoryData<string, string, string, Truth, bool, bool>();
        (string Operator, string Values, string Passes, string Fails)[] operators =
        [
            ("StringEquals", "x", "x", "y"), ("StringNotEquals", "x", "y", "x"),
            ("StringEqualsIgnoreCase", "x", "X", "y"), ("StringNotEqualsIgnoreCase", "x", "y", "X"),
            ("StringLike", "x*", "xy", "y"), ("StringNotLike", "x*", "y", "xy"),
            ("NumericEquals", "'10'", "10", "11"), ("NumericNotEquals", "'10'", "11", "10"),
            ("NumericLessThan", "'10'", "9", "10"), ("NumericLessThanEquals", "'10'", "10", "11"),
            ("NumericGreaterThan", "'10'", "11", "10"), ("NumericGreaterThanEquals", "'10'", "10", "9"),
            ("DateEquals", "'2026-01-01'", "2026-01-01", "2026-01-02"), ("DateNotEquals", "'2026-01-01'", "2026-01-02", "2026-01-01"),
            ("DateLessThan", "'2026-01-01'", "2025-12-31", "2026-01-01"), ("DateLessThanEquals", "'2026-01-01'", "2026-01-01", "2026-01-02"),
            ("DateGreaterThan", "'2026-01-01'", "2026-01-02", "2026-01-01"), ("DateGreaterThanEquals", "'2026-01-01'", "2026-01-01", "2025-12-31"),
            ("Bool", "'true'", "true", "false"), ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", "eA=="),
            ("IpAddress", "203.0.113.0/24", "203.0.113.5", "198.51.100.1"), ("NotIpAddress", "203.0.113.0/24", "198.51.100.1", "203.0.113.5"),
            ("ArnEquals", "arn:aws:s3:::b*", "arn:aws:s3:::b1", "arn:aws:s3:::c"), ("ArnNotEquals", "arn:aws:s3:::b*", "arn:aws:s3:::c", "arn:aws:s3:::b1"),
            ("ArnLike", "arn:aws:s3:::b*", "arn:aws:s3:::b1", "arn:aws:s3:::c"), ("ArnNotLike", "arn:aws:s3:::b*", "arn:aws:s3:::c", "arn:aws:s3:::b1"),
        ];
        foreach (var (name, values, passes, fails) in operators)
        {
            var negated = name.Contains("Not", StringComparison.Ordinal);
            foreach (var (written, absent) in new[]
            {
                (name, negated ? Truth.Yes : Truth.No),
                ($"{name}IfExists", Truth.Yes),
                ($"ForAllValues:{name}", Truth.Yes),
                ($"ForAllValues:{name}IfExists", Truth.Yes),
                ($"ForAnyValue:{name}", Truth.No),
                ($"ForAnyValue:{name}IfExists", Truth.Unknown),
            })
            {
                rows.Add(written, values, passes, absent, true, negated);
                rows.Add(written, values, fails, absent, false, negated);
            }
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_table_of_missing_keys(string @operator, string values, string value, Truth whenAbsent, bool compares, bool negated)
    {
        Assert.Equal(negated, Operator.Read(@operator)!.Value.Negated);
        Assert.Equal(whenAbsent, Match(@operator, values, ContextValue.Absent));
        Assert.Equal(compares.ToTruth(), Match(@operator, values, ContextValue.Of(value)));
        Assert.Equal(compares.ToTruth() == whenAbsent ? whenAbsent : Truth.Unknown, Match(@operator, values, Maybe(value)));
        Assert.Equal(Truth.Unknown, Match(@operator, values, ContextValue.Unknown));
    }

    [Theory]
    [InlineData("'true'", Truth.No, Truth.Yes)]
    [InlineData("'true'", Truth.Yes, Truth.No)]
    [InlineData("'true'", Truth.Unknown, Truth.Unknown)]
    [InlineData("'false'", Truth.No, Truth.No)]
    [InlineData("'false'", Truth.Yes, Truth.Yes)]
    [InlineData("'false'", Truth.Unknown, Truth.Unknown)]
    [InlineData("true", Truth.No, Truth.Yes)]
    [InlineData("'True'", Truth.No, Truth.Yes)]
    [InlineData("['true', 'false']", Truth.Yes, Truth.Yes)]
    [InlineData("⟨parameter P⟩", Truth.Yes, Truth.Unknown)]
    [InlineData("maybe", Truth.Yes, Truth.Unknown)]
    public void Null_asks_whether_the_key_is_there(string values, Truth presence, Truth expected) =>
        Assert.Equal(expected, Match("Null", values, ContextValue.Of("x") with { Presence = presence }));

    [Theory]
    [InlineData("T-107", "StringNotEquals", "vpce-1", Truth.Yes)]
    [InlineData("T-108", "StringNotEqualsIfExists", "vpce-1", Truth.Yes)]
    [InlineData("T-109", "StringEqualsIfExists", "vpce-1", Truth.Yes)]
    [InlineData("T-110", "ForAllValues:StringEquals", "[a]", Truth.Yes)]
    [InlineData("T-111", "ForAnyValue:StringNotEquals", "[a]", Truth.No)]
    [InlineData("T-113", "Bool", "false", Truth.No)]
    [InlineData("T-113", "BoolIfExists", "false", Truth.Yes)]
    public void Vectors_of_an_absent_key(string id, string @operator, string values, Truth expected)
    {
        Assert.StartsWith("T-1", id, StringComparison.Ordinal);
        Assert.Equal(expected, Match(@operator, values, ContextValue.Absent));
    }

    [Theory]
    [InlineData("T-112", "StringNotEquals", "[a, b]", "a", Truth.No)]
    [InlineData("T-112", "StringNotEquals", "[a, b]", "c", Truth.Yes)]
    [InlineData("T-115", "StringEquals", "'arn:aws:s3:::b*'", "arn:aws:s3:::b1", Truth.No)]
    [InlineData("T-119", "NumericLessThan", "'10'", "abc", Truth.No)]
    [InlineData("T-120", "IpAddress", "'2001:db8::/32'", "203.0.113.5", Truth.No)]
    [InlineData("T-120", "NotIpAddress", "'2001:db8::/32'", "203.0.113.5", Truth.Yes)]
    // strings
    [InlineData("1.8", "StringEquals", "x", "X", Truth.No)]
    [InlineData("1.8", "StringEquals", "'*'", "*", Truth.Yes)]
    [InlineData("1.8", "StringEqualsIgnoreCase", "x*", "X*", Truth.Yes)]
    [InlineData("1.8", "StringEqualsIgnoreCase", "x*", "Xy", Truth.No)]
    [InlineData("1.8", "StringLike", "X*", "xy", Truth.No)]
    [InlineData("1.8", "StringLike", "a?c", "abc", Truth.Yes)]
    [InlineData("1.8", "StringLike", "[a, b]", "b", Truth.Yes)]
    // numbers
    [InlineData("1.8", "NumericEquals", "10", "10.0", Truth.Yes)]
    [InlineData("1.8", "NumericEquals", "'ten'", "10", Truth.No)]
    [InlineData("1.8", "NumericEquals", "'ten'", "ten", Truth.No)]
    [InlineData("1.8", "NumericGreaterThan", "'1.5'", "1.50001", Truth.Yes)]
    [InlineData("1.8", "NumericLessThan", "'-1'", "-2", Truth.Yes)]
    [InlineData("1.8", "NumericEquals", "'1e400'", "1e400", Truth.No)]
    [InlineData("1.8", "NumericEquals", "'10*'", "10", Truth.No)]
    // dates: ISO 8601 or epoch seconds, on either side
    [InlineData("1.8", "DateEquals", "'2026-01-01T00:00:00Z'", "1767225600", Truth.Yes)]
    [InlineData("1.8", "DateEquals", "'1767225600'", "2026-01-01T00:00:00Z", Truth.Yes)]
    [InlineData("1.8", "DateEquals", "'2026-01-01T01:00:00+01:00'", "2026-01-01T00:00:00Z", Truth.Yes)]
    [InlineData("1.8", "DateEquals", "'2026'", "2026-01-01", Truth.Yes)]
    [InlineData("1.8", "DateEquals", "'2026-01'", "2026-01-01", Truth.Yes)]
    [InlineData("1.8", "DateGreaterThan", "'2026-01-01T00:00:00Z'", "1767225601", Truth.Yes)]
    [InlineData("1.8", "DateLessThan", "1767225600", "2025-12-31T23:59:59Z", Truth.Yes)]
    [InlineData("1.8", "DateLessThan", "'2026-01-01T00:00:00.5Z'", "2026-01-01T00:00:00.4Z", Truth.Yes)]
    [InlineData("1.8", "DateLessThan", "tomorrow", "2026-01-01", Truth.No)]
    // bool, binary
    [InlineData("1.8", "Bool", "'TRUE'", "true", Truth.Yes)]
    [InlineData("1.8", "Bool", "true", "True", Truth.Yes)]
    [InlineData("1.8", "Bool", "'yes'", "yes", Truth.No)]
    [InlineData("1.8", "BinaryEquals", "eA", "eA==", Truth.Yes)]
    [InlineData("1.8", "BinaryEquals", "ea==", "eA==", Truth.No)]
    // addresses
    [InlineData("1.8", "IpAddress", "203.0.113.5", "203.0.113.5", Truth.Yes)]
    [InlineData("1.8", "IpAddress", "203.0.113.5", "203.0.113.6", Truth.No)]
    [InlineData("1.8", "IpAddress", "'2001:db8::1'", "2001:db8:0::1", Truth.Yes)]
    [InlineData("1.8", "IpAddress", "'2001:db8::1'", "2001:db8::2", Truth.No)]
    [InlineData("1.8", "IpAddress", "'2001:db8::/32'", "2001:db8:1::5", Truth.Yes)]
    [InlineData("1.8", "IpAddress", "0.0.0.0/0", "203.0.113.5", Truth.Yes)]
    [InlineData("1.8", "IpAddress", "0.0.0.0/0", "2001:db8::1", Truth.No)]
    [InlineData("1.8", "IpAddress", "203.0.113.5/24", "203.0.113.77", Truth.Yes)]
    [InlineData("1.8", "IpAddress", "203.0.113.77/24", "203.0.113.5", Truth.Yes)]
    [InlineData("1.8", "IpAddress", "203.0.113.0/30", "203.0.113.5", Truth.No)]
    [InlineData("1.8", "IpAddress", "203.0.113.0/24", "nowhere", Truth.No)]
    [InlineData("1.8", "IpAddress", "[198.51.100.0/24, 203.0.113.0/24]", "203.0.113.5", Truth.Yes)]
    [InlineData("1.8", "NotIpAddress", "[198.51.100.0/24, 203.0.113.0/24]", "203.0.113.5", Truth.No)]
    // ARNs
    [InlineData("1.8", "ArnEquals", "'arn:aws:s3:*:*:b'", "arn:aws:s3:::b", Truth.Yes)]
    [InlineData("1.8", "ArnLike", "'arn:aws:s3:::b'", "no arn", Truth.No)]
    [InlineData("1.8", "ArnNotLike", "'arn:aws:s3:::b'", "no arn", Truth.Unknown)]
    [InlineData("1.8", "ArnNotEquals", "'arn:aws:s3:::b'", "arn:aws:s3:::c", Truth.Yes)]
    public void Present_keys_compare(string id, string @operator, string values, string value, Truth expected)
    {
        Assert.NotEmpty(id);
        Assert.Equal(expected, Match(@operator, values, ContextValue.Of(value)));
    }

    [Theory]
    [InlineData("StringEquals", "⟨parameter P⟩", "x", Truth.Unknown)]
    [InlineData("StringNotEquals", "⟨parameter P⟩", "x", Truth.Unknown)]
    [InlineData("StringEquals", "[⟨parameter P⟩, x]", "x", Truth.Yes)]
    [InlineData("StringNotEquals", "[⟨parameter P⟩, x]", "x", Truth.No)]
    [InlineData("StringEquals", "⟨parameter P⟩", "⟨parameter P⟩", Truth.Yes)]
    [InlineData("StringEquals", "⟨distribution D⟩", "⟨distribution E⟩", Truth.No)]
    [InlineData("StringNotEquals", "⟨distribution D⟩", "⟨distribution D⟩", Truth.No)]
    [InlineData("StringEqualsIgnoreCase", "⟨parameter P⟩", "⟨parameter P⟩", Truth.Yes)]
    [InlineData("NumericEquals", "⟨parameter P⟩", "10", Truth.Unknown)]
    [InlineData("NumericEquals", "⟨parameter P⟩", "⟨parameter P⟩", Truth.Yes)]
    [InlineData("NumericLessThan", "⟨parameter P⟩", "⟨parameter P⟩", Truth.Unknown)]
    [InlineData("Bool", "⟨parameter P⟩", "true", Truth.Unknown)]
    [InlineData("IpAddress", "⟨parameter P⟩", "203.0.113.5", Truth.Unknown)]
    [InlineData("ArnLike", "⟨parameter P⟩", "arn:aws:s3:::b", Truth.Unknown)]
    [InlineData("ArnNotLike", "⟨parameter P⟩", "arn:aws:s3:::b", Truth.Unknown)]
    [InlineData("ArnLike", "arn:aws:s3:::⟨bucket B⟩", "arn:aws:s3:::⟨bucket B⟩", Truth.Yes)]
    public void Values_that_are_not_known_leave_it_open(string @operator, string values, string value, Truth expected) =>
        Assert.Equal(expected, Match(@operator, values, ContextValue.Of(Given.TextOf(value))));

    [Theory]
    [InlineData("StringEquals", "'${aws:username}'", "bob", Truth.Yes)]
    [InlineData("StringEquals", "'${aws:username}'", "eve", Truth.No)]
    [InlineData("StringEquals", "'${aws:none}'", "bob", Truth.No)]
    [InlineData("StringNotEquals", "'${aws:none}'", "bob", Truth.Yes)]
    [InlineData("StringLike", "'${aws:username}*'", "bobby", Truth.Yes)]
    [InlineData("ArnLike", "'arn:aws:s3:::${aws:username}'", "arn:aws:s3:::bob", Truth.Yes)]
    [InlineData("Bool", "'${aws:username}'", "true", Truth.Unknown)]
    [InlineData("NumericEquals", "'${aws:username}'", "10", Truth.No)]
    public void Variables_stand_in_the_values_of_string_and_arn_operators(string @operator, string values, string value, Truth expected)
    {
        var statement = Given.StatementOf($"{{ Effect: Allow, Action: '*', Condition: {{ {@operator}: {{ {Key}: {values} }} }} }}");
        var context = RequestContext.Empty(ContextValue.Absent).With(Key, ContextValue.Of(value)).With("aws:username", ContextValue.Of("bob"));
        Assert.Equal(expected, ConditionMatch.Of(statement.Conditions[0], context, wanted: true));
    }

    [Theory]
    [InlineData("ForAllValues:StringEquals", "[a, b]", "a b", Truth.Yes)]
    [InlineData("ForAllValues:StringEquals", "[a, b]", "a c", Truth.No)]
    [InlineData("ForAllValues:StringNotEquals", "[a, b]", "c d", Truth.Yes)]
    [InlineData("ForAllValues:StringNotEquals", "[a, b]", "c a", Truth.No)]
    [InlineData("ForAnyValue:StringEquals", "[a, b]", "c a", Truth.Yes)]
    [InlineData("ForAnyValue:StringEquals", "[a, b]", "c d", Truth.No)]
    [InlineData("ForAnyValue:StringNotEquals", "[a, b]", "c a", Truth.Yes)]
    [InlineData("ForAnyValue:StringNotEquals", "[a, b]", "a b", Truth.No)]
    [InlineData("ForAnyValue:StringLike", "x*", "a xy", Truth.Yes)]
    [InlineData("ForAnyValue:StringEquals", "[a, ⟨parameter P⟩]", "c d", Truth.Unknown)]
    [InlineData("StringEquals", "[a, b]", "a b", Truth.Unknown)]
    [InlineData("StringNotEquals", "[a, b]", "c d", Truth.Unknown)]
    public void Several_values_need_a_set_prefix(string @operator, string values, string has, Truth expected) =>
        Assert.Equal(expected, Match(@operator, values, ContextValue.Of(has.Split(' '))));

    [Theory]
    [InlineData("ForAllValues:StringEquals", Truth.Yes)]
    [InlineData("ForAnyValue:StringEquals", Truth.No)]
    [InlineData("ForAnyValue:StringNotEquals", Truth.No)]
    public void A_key_without_values_is_the_empty_set(string @operator, Truth expected) =>
        Assert.Equal(expected, Match(@operator, "[a]", ContextValue.Of()));

    [Theory]
    [InlineData("ForAllValues:StringEquals", "[a]", Truth.Unknown)]
    [InlineData("ForAllValues:StringNotEquals", "[a]", Truth.Yes)]
    [InlineData("ForAnyValue:StringEquals", "[a]", Truth.No)]
    [InlineData("ForAnyValue:StringNotEquals", "[a]", Truth.Unknown)]
    [InlineData("StringEquals", "['']", Truth.Yes)]
    public void A_single_empty_text_may_count_as_no_value(string @operator, string values, Truth expected) =>
        Assert.Equal(expected, Match(@operator, values, ContextValue.Of("")));

    [Theory]
    [InlineData("StringEquals", "o-1", Truth.No)]
    [InlineData("StringNotEquals", "o-1", Truth.Yes)]
    [InlineData("StringLike", "'*'", Truth.Yes)]
    [InlineData("StringLike", "'AROA*'", Truth.No)]
    [InlineData("StringLike", "'?*'", Truth.Unknown)]
    [InlineData("ArnNotEquals", "'arn:aws:iam::111122223333:role/r'", Truth.Yes)]
    [InlineData("Bool", "true", Truth.No)]
    [InlineData("IpAddress", "198.51.100.0/24", Truth.No)]
    [InlineData("NotIpAddress", "198.51.100.0/24", Truth.Yes)]
    [InlineData("IpAddress", "0.0.0.0/0", Truth.Unknown)]
    [InlineData("NotIpAddress", "0.0.0.0/0", Truth.Unknown)]
    [InlineData("IpAddress", "52.0.0.0/11", Truth.Unknown)]
    [InlineData("IpAddress", "'2600:9000::/28'", Truth.Unknown)]
    [InlineData("IpAddress", "'2001:db8::/48'", Truth.No)]
    [InlineData("Null", "true", Truth.No)]
    [InlineData("Null", "false", Truth.Yes)]
    public void What_is_AWS_s_own_equals_nothing_of_a_customer(string @operator, string values, Truth expected) =>
        Assert.Equal(expected, Match(@operator, values, ContextValue.Opaque));

    [Theory]
    [InlineData("StringNotEquals", "o-1", Truth.Yes)]
    [InlineData("StringEquals", "o-1", Truth.No)]
    [InlineData("StringLike", "'*'", Truth.Unknown)]
    [InlineData("Null", "true", Truth.Unknown)]
    public void What_is_AWS_s_own_may_be_missing(string @operator, string values, Truth expected) =>
        Assert.Equal(expected, Match(@operator, values, ContextValue.Opaque with { Presence = Truth.Unknown }));

    [Theory]
    [InlineData("StringEquals", "[1.1, 1.2, 1.3]", Truth.Yes)]
    [InlineData("StringEquals", "1.2", Truth.Unknown)]
    [InlineData("StringEquals", "1.1", Truth.No)]
    [InlineData("NumericLessThan", "'1.2'", Truth.No)]
    [InlineData("NumericLessThan", "'1.3'", Truth.Unknown)]
    [InlineData("StringNotEquals", "1.1", Truth.Yes)]
    public void Of_several_possible_values_all_must_agree(string @operator, string values, Truth expected) =>
        Assert.Equal(expected, Match(@operator, values, ContextValue.OneOf("1.2", "1.3")));

    [Theory]
    [InlineData("StringEquals", "x")]
    [InlineData("StringNotEquals", "x")]
    [InlineData("Null", "true")]
    [InlineData("Null", "false")]
    [InlineData("ForAnyValue:StringLikeIfExists", "x")]
    public void What_the_caller_may_choose_lets_an_Allow_apply_and_a_Deny_not(string @operator, string values)
    {
        Assert.Equal(Truth.Yes, Match(@operator, values, ContextValue.Free, wanted: true));
        Assert.Equal(Truth.No, Match(@operator, values, ContextValue.Free, wanted: false));
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/a", Truth.Yes, Truth.No)]
    [InlineData("arn:aws:iam::444455556666:role/a", Truth.No, Truth.No)]
    [InlineData("arn:aws:iam::111122223333:*", Truth.Yes, Truth.Yes)]
    public void A_choice_within_limits_keeps_to_them(string pattern, Truth inAllow, Truth inDeny)
    {
        var somebody = new ContextValue(Truth.Yes, [Given.TextOf("arn:aws:iam::111122223333:role/⟨text somebody⟩")], ValueNature.Free);
        Assert.Equal(inAllow, Match("ArnLike", $"'{pattern}'", somebody, wanted: true));
        Assert.Equal(inDeny, Match("ArnLike", $"'{pattern}'", somebody, wanted: false));
    }

    [Theory]
    [InlineData("AWS:KEY")]
    [InlineData("aws:key")]
    public void Keys_compare_without_case(string key) => Assert.Equal(Truth.Yes, Match("StringEquals", "x", ContextValue.Of("x"), key: key));
}
