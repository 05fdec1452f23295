using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources;

public sealed class KindReaderTests
{
    /// <summary>What follows <c>kind: a</c> and its type, with every problem: place, message and help.</summary>
    public static TheoryData<string, string> Broken => new()
    {
        { "feilds: {}", "3:1 unknown word `feilds` in a kind, expected `cloudformation`, `fields`, `identity`, `inside`, `kind`, `remaining`, `terraform` or `twin` | did you mean `fields`?" },
        { "fields: { f: Path }", "3:14 field `f` must be a map | say where each format keeps it: `{ cloudformation: PATH, terraform: PATH }`" },
        { "fields: { f: {} }", "3:14 field `f` is nowhere | say where each format keeps it: `{ cloudformation: PATH, terraform: PATH }`" },
        { "fields: { f: { cloudformation: \"P[x]\" } }", "3:32 `P[x]` is no place of a field | write `Path.To.It`, `List[*].Field`, `TYPE(AttributeThatNamesThis).Path`, or `TYPE(*).Path`" },
        { "fields: { f: { cloudformation: P, as: list } }", "3:39 unknown word `list` in `as`, expected `path`, `policy`, `route` or `value`" },
        { "fields: { f: { cloudformation: P, default: { since: x } } }", "3:44 `default` must be a value, or `{ created: VALUE }`" },
        { "fields: { f: { each: { cloudformation: \"P[*]\" } } }", "3:14 a field needs `fields` | add `fields:`" },
        { "fields: { f: { each: { cloudformation: \"P[*]\" }, fields: { g: { cloudformation: A::B::D(E).F } } } }", "3:81 `A::B::D(E).F` names another resource, which a record has none of | write a path inside the record" },
        { "fields: { f: { cloudformation: A::B::D(E) } }", "3:32 `A::B::D(E)` is no place of a field | write `Path.To.It`, `List[*].Field`, `TYPE(AttributeThatNamesThis).Path`, or `TYPE(*).Path`" },
        { "fields: { f: { cloudformation: P, counts: every } }", "3:43 unknown word `every` in `counts`, expected `all` or `first`" },
        { "identity: { name: Ref }", "3:19 identity `name` must be a map" },
        { "identity: { name: { cloudformation: Ref, charset: latin } }", "3:51 unknown word `latin` in `charset`, expected `account`, `any`, `bucket`, `cloudfront-id`, `hex`, `iam-name`, `name`, `partition`, `plain`, `region` or `uuid`" },
        { "identity: { name: { cloudformation: Ref }, arn: { is: \"arn:{nmae}\" } }", "1:1 identity `arn` of kind `a` speaks of `nmae`, which is no identity or field of it | did you mean `name`?" },
        { "identity: { arn: { is: \"arn:{f}\" } }\nfields: { f: { cloudformation: A::B::D(E).F } }", "1:1 identity `arn` of kind `a` speaks of `f`, which is no identity or field of it" },
        { "identity: { f: { cloudformation: Ref } }\nfields: { f: { cloudformation: P } }", "1:1 `f` of kind `a` is an identity and a field | rename one of them" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void What_is_wrong_is_told_with_its_place_and_what_to_do(string lines, string expected)
    {
        var problems = new List<Problem>();
        _ = KindReader.Read(YamlReader.Read("a.yaml", $"kind: a\ncloudformation: A::B::C\n{lines}\n", []), problems).Count();
        Assert.Equal(expected, string.Join('\n', problems.Select(p => $"{p.Location.Line}:{p.Location.Column} {p.Message}{(p.Help.Length > 0 ? $" | {p.Help}" : "")}")));
    }
}
