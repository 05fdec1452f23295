using System.Diagnostics;
using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

public class PolicyReaderTests
{
    private static (Policy Policy, List<Problem> Problems) Read(Value value)
    {
        var problems = new List<Problem>();
        return (PolicyReader.Read(value, null, Scenario.Start(), problems), problems);
    }

    private static (Policy Policy, List<Problem> Problems) Read(string yaml) => Read(Given.ValueOf(yaml));

    private static (Statement Statement, List<Problem> Problems) ReadStatement(string yaml)
    {
        var (policy, problems) = Read($"Version: '2012-10-17'\nStatement:\n  - {yaml}\n");
        return (Assert.Single(policy.Statements), problems);
    }

    private static Truth Match(Statement statement, string action = "s3:GetObject", string resource = "arn:aws:s3:::b/o", string key = "here") =>
        StatementMatch.Of(statement, new Request(
            new Caller.Anonymous(), action, Given.TextOf(resource), RequestContext.Empty(ContextValue.Absent).With("aws:Key", ContextValue.Of(key)))).Truth;

    [Fact]
    public void A_statement_is_read_with_its_places()
    {
        var (policy, problems) = Read("""
            Version: '2012-10-17'
            Id: p
            Statement:
              - Sid: Read
                Effect: Allow
                Principal: { AWS: ['111122223333', '*'] }
                Action: [s3:GetObject, s3:ListBucket]
                Resource: arn:aws:s3:::b/*
                Condition: { StringEquals: { aws:Key: [x, y] }, Bool: { aws:SecureTransport: true } }
              - { Effect: Deny, NotPrincipal: '*', NotAction: s3:Get*, NotResource: '*' }
            """);
        Assert.Empty(problems);
        var (read, deny) = (policy.Statements[0], policy.Statements[1]);
        Assert.Equal(("Read", Effect.Allow, 0, 4), (read.Sid, read.Effect, read.Index, read.Location.Line));
        Assert.Equal(["111122223333", "*"], read.Principals!.Entries.Select(e => e.ToString()));
        Assert.Equal(["s3:GetObject", "s3:ListBucket"], read.Actions!.Items.Select(e => e.ToString()));
        Assert.Equal(["StringEquals aws:Key 2", "Bool aws:SecureTransport 1"], read.Conditions.Select(c => $"{c.Operator} {c.Key} {c.Values.Length}"));
        Assert.Equal([9, 9], read.Conditions.Select(c => c.Location.Line));
        Assert.Equal((Effect.Deny, true, true, true), (deny.Effect, deny.Principals!.Negated, deny.Actions!.Negated, deny.Resources!.Negated));
        Assert.Equal(("statement `Read`", "statement 2"), (read.Label, deny.Label));
    }

    [Theory]
    [InlineData("{ Effect: Allow, Principal: { AWS: '*' }, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*', Condition: { StringEquals: { aws:Key: here } } }")]
    [InlineData("{ Effect: Allow, Principal: { AWS: ['*'] }, Action: [s3:GetObject], Resource: ['arn:aws:s3:::b/*'], Condition: { StringEquals: { aws:Key: [here] } } }")]
    [InlineData("{ Condition: { StringEquals: { aws:Key: [here] } }, Resource: ['arn:aws:s3:::b/*'], Action: s3:GetObject, Principal: { AWS: '*' }, Effect: Allow }")]
    public void A_lone_value_is_a_list_of_one_and_order_is_free(string yaml)
    {
        var (statement, problems) = ReadStatement(yaml);
        Assert.Empty(problems);
        Assert.Equal(Truth.Yes, Match(statement));
        Assert.Equal(Truth.No, Match(statement, action: "s3:PutObject"));
        Assert.Equal(Truth.No, Match(statement, resource: "arn:aws:s3:::b"));
        Assert.Equal(Truth.No, Match(statement, key: "there"));
    }

    [Fact]
    public void One_statement_needs_no_list()
    {
        var (policy, problems) = Read("Statement: { Effect: Allow, Action: s3:GetObject, Resource: '*' }");
        Assert.Empty(problems);
        Assert.Equal(Truth.Yes, Match(Assert.Single(policy.Statements)));
    }

    [Theory]
    [InlineData("Condition: {}")]
    [InlineData("Condition: { StringEquals: {} }")]
    public void An_empty_condition_holds(string condition)
    {
        var (statement, problems) = ReadStatement($"{{ Effect: Allow, Action: '*', {condition} }}");
        Assert.Empty(problems);
        Assert.Equal(Truth.Yes, Match(statement));
    }

    [Theory]
    [InlineData("Bool", "false", "false")]
    [InlineData("NumericEquals", "10", "10")]
    public void Condition_values_may_be_unquoted(string @operator, string written, string has)
    {
        var (statement, problems) = ReadStatement($"{{ Effect: Allow, Action: '*', Condition: {{ {@operator}: {{ aws:Key: {written} }} }} }}");
        Assert.Empty(problems);
        Assert.Equal(Truth.Yes, Match(statement, key: has));
    }

    [Theory]
    [InlineData("s3:getobject", Truth.Yes)]
    [InlineData("S3:GetObject", Truth.Yes)]
    [InlineData("s3:Get*", Truth.Yes)]
    [InlineData("s3:Get?bject", Truth.Yes)]
    [InlineData("s3:*Object", Truth.Yes)]
    [InlineData("*", Truth.Yes)]
    [InlineData("s3:GetObjectVersion", Truth.No)]
    [InlineData("s3:Put*", Truth.No)]
    [InlineData("s3:", Truth.No)]
    [InlineData("s3:Get Object", Truth.No)]
    [InlineData("s3:${aws:username}", Truth.No)]
    [InlineData("⟨parameter P⟩", Truth.Unknown)]
    [InlineData("s3:⟨parameter P⟩", Truth.Unknown)]
    [InlineData("sqs:⟨parameter P⟩", Truth.No)]
    public void Actions_compare_without_case(string action, Truth expected)
    {
        Assert.Equal(expected, Match(ReadStatement($"{{ Effect: Allow, Action: '{action}' }}").Statement));
        Assert.Equal(expected.Not(), Match(ReadStatement($"{{ Effect: Allow, NotAction: '{action}' }}").Statement));
    }

    [Fact]
    public void T_101_an_action_s_case_does_not_matter() =>
        Assert.Equal(Truth.Yes, Match(ReadStatement("{ Effect: Allow, Action: 's3:getobject' }").Statement, action: "S3:GetObject"));

    [Theory]
    [InlineData("[s3:PutObject, s3:GetObject]", Truth.Yes, Truth.No)]
    [InlineData("[s3:PutObject, ⟨parameter P⟩]", Truth.Unknown, Truth.Unknown)]
    [InlineData("[⟨parameter P⟩, s3:GetObject]", Truth.Yes, Truth.No)]
    public void Any_of_several_actions_is_enough(string actions, Truth named, Truth notNamed)
    {
        Assert.Equal(named, Match(ReadStatement($"{{ Effect: Allow, Action: {actions} }}").Statement));
        Assert.Equal(notNamed, Match(ReadStatement($"{{ Effect: Allow, NotAction: {actions} }}").Statement));
    }

    [Fact]
    public void A_pathological_action_ends_soon() =>
        Assert.Equal(Truth.No, Match(ReadStatement($"{{ Effect: Allow, Action: '{string.Concat(Enumerable.Repeat("*a", 2000))}' }}").Statement, action: "s3:" + new string('a', 1000) + "b"));

    [Theory]
    [InlineData("Version: '2012-10-17'", Truth.Yes)]
    [InlineData("Version: '2008-10-17'", Truth.No)]
    [InlineData("Id: x", Truth.No)]
    public void T_105_variables_are_of_version_2012_only(string first, Truth expected)
    {
        var (policy, problems) = Read($"{first}\nStatement: {{ Effect: Allow, Action: '*', Resource: 'arn:aws:s3:::b/${{aws:username}}' }}\n");
        Assert.Empty(problems);
        var context = RequestContext.Empty(ContextValue.Absent).With("aws:username", ContextValue.Of("bob"));
        Assert.Equal(expected, StatementMatch.Of(policy.Statements[0], new Request(new Caller.Anonymous(), "s3:GetObject", Text.Of("arn:aws:s3:::b/bob"), context)).Truth);
    }

    [Theory]
    [InlineData("Resource", Truth.No)]
    [InlineData("NotResource", Truth.Unknown)]
    public void A_variable_without_a_value_matches_no_resource(string element, Truth expected) =>
        Assert.Equal(expected, Match(ReadStatement($"{{ Effect: Allow, Action: '*', {element}: 'arn:aws:s3:::b/${{aws:username}}' }}").Statement));

    [Fact]
    public void Json_in_a_text_is_read_at_the_text_s_place()
    {
        var (policy, problems) = Read("""'{"Version":"2012-10-17","Statement":[{"Sid":"S","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"s3:*","Resource":["*"],"Condition":{"Bool":{"aws:Key":true},"NumericEquals":{"aws:Key":1},"StringEquals":{"aws:None":null}}}]}'""");
        Assert.Empty(problems);
        var statement = Assert.Single(policy.Statements);
        Assert.Equal(("S", 1, 1), (statement.Sid, statement.Location.Line, statement.Location.Column));
        Assert.Equal(["true", "1"], statement.Conditions.Select(c => Assert.Single(c.Values).ToString()));
        Assert.Equal(Truth.No, Match(statement));
    }

    [Theory]
    [InlineData("'[]'", "a policy must be a JSON object", "")]
    [InlineData("'\"x\"'", "a policy must be a JSON object", "")]
    [InlineData("[]", "a policy must be a map or a JSON text", "")]
    [InlineData("12", "a policy must be a map or a JSON text", "")]
    [InlineData("{ Version: '2012-10-17' }", "the policy has no `Statement`", "add a list of statements")]
    [InlineData("{ Statement: x }", "the policy has no `Statement`", "add a list of statements")]
    public void What_is_no_policy_is_told_and_not_known(string yaml, string message, string help)
    {
        var (policy, problems) = Read(yaml);
        var problem = Assert.Single(problems);
        Assert.Equal((message, help), (problem.Message, problem.Help));
        Assert.NotEmpty(policy.Unread);
        Assert.Empty(policy.Statements);
    }

    [Fact]
    public void Broken_JSON_in_a_text_is_told_once()
    {
        var (policy, problems) = Read("'{\"Statement\": ['");
        var problem = Assert.Single(problems);
        Assert.StartsWith("the policy is a text of broken JSON: ", problem.Message, StringComparison.Ordinal);
        Assert.Equal("mend the JSON inside the text", problem.Help);
        Assert.Equal("it is broken JSON", policy.Unread);
    }

    [Theory]
    [InlineData("statement", "unknown element `statement` in a policy, expected `Version`, `Id` or `Statement`", "did you mean `Statement`?")]
    [InlineData("Comment", "unknown element `Comment` in a policy, expected `Version`, `Id` or `Statement`", "")]
    public void An_unknown_element_of_a_policy_is_told(string name, string message, string help)
    {
        var (_, problems) = Read($"{{ Statement: [], {name}: x }}");
        Assert.Equal((message, help), (Assert.Single(problems).Message, problems[0].Help));
    }

    [Theory]
    [InlineData("Effect: allow, Action: '*'", "unknown `Effect` `allow`, expected `Allow` or `Deny`", "did you mean `Allow`?")]
    [InlineData("Effect: Permit, Action: '*'", "unknown `Effect` `Permit`, expected `Allow` or `Deny`", "")]
    [InlineData("Action: '*'", "a statement has no `Effect`", "add `Effect: Allow` or `Effect: Deny`")]
    [InlineData("Effect: Allow", "a statement has no `Action`", "add `Action:`")]
    [InlineData("Effect: Allow, Action: []", "`Action` is an empty list", "name at least one, or remove the statement")]
    [InlineData("Effect: Allow, NotAction: []", "`NotAction` is an empty list", "name at least one, or remove the statement")]
    [InlineData("Effect: Allow, Action: '*', Resource: []", "`Resource` is an empty list", "name at least one, or remove the statement")]
    [InlineData("Effect: Allow, Action: '*', NotResource: []", "`NotResource` is an empty list", "name at least one, or remove the statement")]
    [InlineData("Effect: Allow, Action: 's3:*', NotAction: 's3:*'", "a statement has both `Action` and `NotAction`", "keep one of them")]
    [InlineData("Effect: Allow, Action: '*', Resource: '*', NotResource: '*'", "a statement has both `Resource` and `NotResource`", "keep one of them")]
    [InlineData("Effect: Allow, Action: '*', Principal: '*', NotPrincipal: '*'", "a statement has both `Principal` and `NotPrincipal`", "keep one of them")]
    [InlineData("Effect: Allow, action: '*', Action: '*'", "unknown element `action` in a statement, expected `Action`, `Condition`, `Effect`, `NotAction`, `NotPrincipal`, `NotResource`, `Principal`, `Resource` or `Sid`", "did you mean `Action`?")]
    [InlineData("Effect: Allow, Action: '*', Note: x", "unknown element `Note` in a statement, expected `Action`, `Condition`, `Effect`, `NotAction`, `NotPrincipal`, `NotResource`, `Principal`, `Resource` or `Sid`", "")]
    [InlineData("Effect: Allow, Action: '*', Principal: 'arn:aws:iam::111122223333:root'", "a principal must be `\"*\"` or a map such as `AWS: ARN`", "write `AWS:`, `Service:`, `Federated:` or `CanonicalUser:` before it")]
    [InlineData("Effect: Allow, Action: '*', Principal: ['*']", "a principal must be `\"*\"` or a map such as `AWS: ARN`", "write `AWS:`, `Service:`, `Federated:` or `CanonicalUser:` before it")]
    [InlineData("Effect: Allow, Action: '*', Principal: { aws: '*' }", "unknown principal type `aws`, expected `AWS`, `CanonicalUser`, `Federated` or `Service`", "did you mean `AWS`?")]
    [InlineData("Effect: Allow, Action: '*', Condition: x", "a condition must be a map of operators", "")]
    [InlineData("Effect: Allow, Action: '*', Condition: { StringEqual: { aws:Key: x } }", "unknown condition operator `StringEqual`", "did you mean `StringEquals`?")]
    [InlineData("Effect: Allow, Action: '*', Condition: { stringequals: { aws:Key: x } }", "unknown condition operator `stringequals`", "did you mean `StringEquals`?")]
    [InlineData("Effect: Allow, Action: '*', Condition: { Always: { aws:Key: x } }", "unknown condition operator `Always`", "")]
    [InlineData("Effect: Allow, Action: '*', Condition: { StringEquals: x }", "`StringEquals` must be a map of condition keys", "")]
    [InlineData("Effect: Allow, Action: '*', Condition: { StringEquals: { aws:Key: { a: b } } }", "`aws:Key` needs a value or a list of values", "")]
    [InlineData("Effect: Allow, Action: '*', Condition: { StringEquals: { aws:Key: [] } }", "`aws:Key` needs a value or a list of values", "")]
    [InlineData("Effect: Allow, Action: '*', Condition: { IpAddress: { aws:SourceIp: 203.0.113.0/33 } }", "`203.0.113.0/33` is no IP address and no CIDR range", "write it as in `203.0.113.0/24`")]
    public void A_faulty_statement_is_told_and_counts_as_unknown(string elements, string message, string help)
    {
        var (statement, problems) = ReadStatement($"{{ {elements} }}");
        var problem = Assert.Single(problems);
        Assert.Equal((message, help), (problem.Message, problem.Help));
        Assert.Equal(message, statement.Fault);
        Assert.Equal(Truth.Unknown, Match(statement));
    }

    [Fact]
    public void A_statement_that_is_no_map_is_told_and_counts_as_unknown()
    {
        var (statement, problems) = ReadStatement("x");
        Assert.Equal("a statement must be a map", Assert.Single(problems).Message);
        Assert.Equal(Truth.Unknown, Match(statement));
    }

    [Theory]
    [InlineData("Effect: Allow, Action: s3:PutObject, Condition: { StringEqual: { aws:Key: x } }")]
    [InlineData("Effect: Allow, Action: '*', Resource: 'arn:aws:s3:::other/*', Condition: { StringEquals: { aws:Key: [] } }")]
    [InlineData("Effect: Allow, Action: '*', Condition: { StringEqual: { aws:Key: x }, StringEquals: { aws:Key: elsewhere } }")]
    [InlineData("Effect: allow, Action: '*', Principal: { Service: s3.amazonaws.com }")]
    [InlineData("Effect: Deny, Action: s3:PutObject, Condition: { NotIpAddress: { aws:SourceIp: office } }")]
    public void The_rest_of_a_faulty_statement_is_still_decided(string elements)
    {
        var (statement, problems) = ReadStatement($"{{ {elements} }}");
        Assert.Single(problems);
        Assert.Equal(Truth.No, Match(statement));
    }

    [Fact]
    public void The_other_statements_of_a_faulty_policy_are_still_decided()
    {
        var (policy, problems) = Read("Statement: [{ Effect: Allow, Action: [] }, { Effect: Allow, Action: s3:GetObject }]");
        Assert.Single(problems);
        Assert.Equal([Truth.Unknown, Truth.Yes], policy.Statements.Select(s => Match(s)));
    }

    [Theory]
    [InlineData("s3:GetObject", Truth.Unknown)] // the faulty statement may be a Deny
    [InlineData("s3:PutObject", Truth.Yes)]
    [InlineData("s3:DeleteObject", Truth.No)]
    public void A_request_is_decided_by_the_good_statement_where_the_bad_one_is_not_about_it(string action, Truth expected)
    {
        var reply = Asked.Template(Asked.Bucket(
            "",
            "{ Effect: allow, Principal: { AWS: '444455556666' }, Action: 's3:GetObject', Resource: '*' }",
            Asked.Statement("Allow", "{ AWS: '444455556666' }", "s3:PutObject", "*"))).Ask(new Inquiry("444455556666", action, "B"));
        Assert.Equal(["template.yaml:5:130: unknown `Effect` `allow`, expected `Allow` or `Deny`"], reply.Problems.Select(p => $"{p.Location}: {p.Message}"));
        Assert.Equal(expected, Assert.Single(reply.Answers).Decision.Allowed);
    }

    [Theory]
    [InlineData("Effect: Allow, Principal: { AWS: '444455556666' }, Action: [], Resource: '*'")]
    [InlineData("Effect: Allow, Principal: { AWS: '444455556666' }, Action: 's3:*', NotAction: 's3:*', Resource: '*'")]
    [InlineData("Effect: Allow, Principal: { AWS: '444455556666' }, Action: 's3:*', Resource: '*', Condition: { StringEqual: { 'aws:x': y } }")]
    [InlineData("Effect: Allow, Principal: { AWS: '444455556666' }, Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:x': { a: b } } }")]
    public void An_Allow_that_is_faulty_neither_allows_nor_denies(string statement)
    {
        var reply = Asked.Template(Asked.Bucket("", $"{{ {statement} }}", Asked.Statement("Allow", "{ AWS: '444455556666' }", "s3:PutObject", "*"))).Ask(new Inquiry("444455556666", "s3:GetObject", "B"));
        Assert.Equal(("template.yaml", 5), (Assert.Single(reply.Problems).Location.File, reply.Problems[0].Location.Line));
        Assert.Equal(Truth.Unknown, Assert.Single(reply.Answers).Decision.Allowed);
    }

    [Theory]
    [InlineData("Action: [], Resource: '*'", Truth.Unknown)]
    [InlineData("Action: 's3:Put*', Resource: '*', Condition: { StringEqual: { 'aws:x': y } }", Truth.Yes)]
    [InlineData("Action: 's3:Get*', Resource: '*', Condition: { StringEqual: { 'aws:x': y } }", Truth.Unknown)]
    public void A_Deny_that_is_faulty_leaves_open_what_it_may_reach(string deny, Truth expected)
    {
        var reply = Asked.Template(Asked.Bucket("", $"{{ Effect: Deny, Principal: '*', {deny} }}", Asked.Statement("Allow", "{ AWS: '444455556666' }", "s3:GetObject", "*"))).Ask(new Inquiry("444455556666", "s3:GetObject", "B"));
        Assert.Single(reply.Problems);
        Assert.Equal(expected, Assert.Single(reply.Answers).Decision.Allowed);
    }

    [Fact]
    public void A_policy_of_a_megabyte_is_read_and_decided_soon()
    {
        var statements = Enumerable.Range(0, 7000).Select(i => $$"""{"Sid":"S{{i}}","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:role/r{{i}}"},"Action":["s3:GetObject","s3:Put*"],"Resource":"arn:aws:s3:::b/{{i}}/*"}""");
        var json = $$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", statements)}}]}""";
        Assert.True(json.Length > 1_000_000, $"{json.Length}");
        var asked = Asked.Template("B: { Type: AWS::S3::Bucket, Properties: { BucketName: b } }", $"P: {{ Type: AWS::S3::BucketPolicy, Properties: {{ Bucket: !Ref B, PolicyDocument: '{json}' }} }}");
        asked.May("anonymous", "s3:GetObject", "B/none");
        var started = Stopwatch.GetTimestamp();
        var allowed = asked.May("arn:aws:iam::444455556666:role/r6999", "s3:PutObject", "B/6999/x").Allowed;
        var took = Stopwatch.GetElapsedTime(started);
        Assert.Equal(Truth.Unknown, allowed); // the role's own policies are not in the input
        Assert.True(took < TimeSpan.FromSeconds(20), $"{took}"); // a second where nothing else runs
    }

    [Theory]
    [InlineData("""'{"Statement":[{"Effect":"Allow","Effect":"Deny","Action":"*"}]}'""", "key `Effect` appears twice in one map, first on line 1")]
    [InlineData("""'{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Action":"s3:Put*"}]}'""", "key `Action` appears twice in one map, first on line 1")]
    [InlineData("""'{"Statement":[{"Effect":"Allow","Action":"*","Condition":{"StringEquals":{"aws:Key":"here"},"StringEquals":{"aws:Key":"there"}}}]}'""", "key `StringEquals` appears twice in one map, first on line 1")]
    public void A_key_that_stands_twice_in_a_text_is_told_and_its_statement_counts_as_unknown(string text, string message)
    {
        var (policy, problems) = Read(text);
        Assert.Equal(message, Assert.Single(problems).Message);
        Assert.Equal(Truth.Unknown, Match(Assert.Single(policy.Statements)));
    }

    [Theory]
    [InlineData("Principal: { AWS: 'arn:aws:iam:111122223333:role/reader' }")]
    [InlineData("Principal: { AWS: 'arn:aws:iam' }")]
    [InlineData("Principal: { AWS: reader }")]
    [InlineData("Resource: 'arn:aws:s3::b'")]
    [InlineData("Resource: 'arn:aws:s3'")]
    [InlineData("Resource: b")]
    public void A_broken_ARN_is_told_at_its_place_and_its_statement_counts_as_unknown(string element)
    {
        var (statement, problems) = ReadStatement($"{{ Effect: Allow, Action: '*', {element} }}");
        Assert.Equal(3, Assert.Single(problems).Location.Line);
        Assert.Equal(Truth.Unknown, Match(statement));
    }

    [Fact]
    public void A_key_that_stands_twice_in_a_template_s_statement_leaves_it_unknown()
    {
        var reply = Asked.Template(Asked.Bucket("", "{ Effect: Allow, Principal: { AWS: '444455556666' }, Action: 's3:Get*', Action: 's3:Put*', Resource: '*' }", Asked.Statement("Allow", "{ AWS: '444455556666' }", "s3:DeleteObject", "*")));
        Assert.Equal("key `Action` appears twice in one map, first on line 5", Assert.Single(reply.Ask(new Inquiry("444455556666", "s3:GetObject", "B")).Problems).Message);
        Assert.Equal(Truth.Unknown, Assert.Single(reply.Ask(new Inquiry("444455556666", "s3:GetObject", "B")).Answers).Decision.Allowed);
        Assert.Equal(Truth.Unknown, Assert.Single(reply.Ask(new Inquiry("444455556666", "s3:PutObject", "B")).Answers).Decision.Allowed);
        Assert.Equal(Truth.Yes, Assert.Single(reply.Ask(new Inquiry("444455556666", "s3:DeleteObject", "B")).Answers).Decision.Allowed);
    }

    private static readonly Condition Undecided = new Condition.Named("IsProd", new Condition.Is(Given.SymbolOf("parameter Env"), "prod"));

    private static Value.Map With(string name, Value value, string others = "{ Effect: Allow, Action: '*' }")
    {
        var map = (Value.Map)Given.ValueOf(others);
        return new Value.Map(Given.Here, [.. map.Fields.Where(f => f.Name != name), new Value.Field(name, Given.Here, value)]);
    }

    private static Value.Map PolicyWith(string name, Value value) => With("Statement", new Value.List(Given.Here, [With(name, value)]), "{ Version: '2012-10-17' }");

    [Theory]
    [InlineData("Effect", "Allow", "Deny")]
    [InlineData("Action", "'s3:GetObject'", "'s3:PutObject'")]
    [InlineData("Resource", "'*'", "'arn:aws:s3:::other/*'")]
    [InlineData("Principal", "'*'", "{ Service: s3.amazonaws.com }")]
    [InlineData("Condition", "{ StringEquals: { aws:Key: here } }", "{ StringEquals: { aws:Key: x } }")]
    public void A_choice_is_unknown_until_it_is_made(string element, string then, string otherwise)
    {
        var policy = PolicyWith(element, new Value.Choice(Given.Here, Undecided, Given.ValueOf(then), Given.ValueOf(otherwise)));
        var (read, problems) = Read(policy);
        Assert.Empty(problems);
        Assert.Equal(Truth.Unknown, StatementTruth(read));

        var unit = new Condition.Is(Given.SymbolOf("parameter Env"), "prod");
        Assert.Equal(Truth.Yes, StatementTruth(PolicyReader.Read(policy, null, Scenario.Start().With(unit, holds: true), problems)));
        Assert.Equal(Truth.No, StatementTruth(PolicyReader.Read(policy, null, Scenario.Start().With(unit, holds: false), problems)));
        Assert.Empty(problems);

        static Truth StatementTruth(Policy policy)
        {
            var statement = Assert.Single(policy.Statements);
            return statement.Effect is Effect.Deny ? Truth.No : statement.Effect is null ? Truth.Unknown : Match(statement);
        }
    }

    [Fact]
    public void A_choice_of_condition_keys_is_no_fault()
    {
        var keys = new Value.Choice(Given.Here, Undecided, Given.ValueOf("{ aws:Key: here }"), Given.ValueOf("{ aws:Key: x }"));
        var (policy, problems) = Read(PolicyWith("Condition", With("StringEquals", keys, "{ Bool: { aws:Key: here } }")));
        Assert.Empty(problems);
        Assert.Equal("it depends on condition `IsProd`", policy.Statements[0].Fault);
    }

    [Fact]
    public void A_list_that_a_choice_leaves_empty_names_nothing()
    {
        var unit = new Condition.Is(Given.SymbolOf("parameter Env"), "prod");
        var actions = new Value.List(Given.Here, [new Value.Choice(Given.Here, Undecided, Given.ValueOf("'s3:GetObject'"), new Value.Absent(Given.Here))]);
        var problems = new List<Problem>();
        var policy = PolicyReader.Read(PolicyWith("Action", actions), null, Scenario.Start().With(unit, holds: false), problems);
        Assert.Equal(Truth.Unknown, Match(Assert.Single(policy.Statements)));
    }

    [Fact]
    public void A_choice_of_several_statements_gives_them_all()
    {
        var both = new Value.Choice(Given.Here, Undecided, Given.ValueOf("[{ Effect: Allow, Action: 'a:b' }, { Effect: Deny, Action: 'c:d' }]"), new Value.Absent(Given.Here));
        var document = With("Statement", new Value.List(Given.Here, [both, Given.ValueOf("{ Effect: Allow, Action: '*' }")]), "{ Version: '2012-10-17' }");
        var unit = new Condition.Is(Given.SymbolOf("parameter Env"), "prod");
        Assert.Equal(3, PolicyReader.Read(document, null, Scenario.Start().With(unit, holds: true), []).Statements.Length);
        Assert.Single(PolicyReader.Read(document, null, Scenario.Start().With(unit, holds: false), []).Statements);
        Assert.Equal(["it depends on condition `IsProd`", ""], Read(document).Policy.Statements.Select(s => s.Fault));
    }

    [Theory]
    [InlineData("Action")]
    [InlineData("Resource")]
    [InlineData("Principal")]
    [InlineData("Condition")]
    [InlineData("Effect")]
    public void An_element_that_is_not_known_leaves_the_statement_unknown(string element)
    {
        var (policy, problems) = Read(PolicyWith(element, new Value.Unknown(Given.Here, "it is imported")));
        Assert.Empty(problems);
        var statement = Assert.Single(policy.Statements);
        Assert.True(statement.Effect is null || Match(statement) is Truth.Unknown);
    }

    [Fact]
    public void A_document_that_is_not_known_tells_why()
    {
        Assert.Equal("it is imported", Read(new Value.Unknown(Given.Here, "it is imported")).Policy.Unread);
        Assert.Equal("it is a secret", Read(new Value.Secret(Given.Here)).Policy.Unread);
        Assert.Equal("the document `⟨parameter P⟩` is not known here", Read(new Value.Str(Given.Here, Given.TextOf("⟨parameter P⟩"))).Policy.Unread);
        var likely = new Value.Unknown(Given.Here, "known after apply", Given.ValueOf("{ Statement: [{ Effect: Allow, Action: '*' }] }"));
        Assert.Equal(Truth.Yes, Match(Assert.Single(Read(likely).Policy.Statements)));
    }
}
