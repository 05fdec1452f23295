using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>What would settle an unknown answer (semantics 8.4).</summary>
public class SensitivityTests
{
    private const string Parameters = "Parameters: { Reader: { Type: String }, Org: { Type: String }, Banned: { Type: String } }";

    private static string[] Changes(Asked asked, string who = "R", string action = "s3:GetObject")
    {
        var decision = asked.May(who, action, "B");
        Assert.Equal(Truth.Unknown, decision.Allowed);
        return [.. decision.Account.Changes.Select(c => c.ToString())];
    }

    private static Asked With(params string[] statements) => Asked.TemplateUnder(Parameters, Asked.Bucket("", statements), Asked.Role("R"));

    private static string Allow(string principal, string condition = "{}") => Asked.Statement("Allow", principal, "s3:GetObject", "*", condition);

    [Fact]
    public void A_parameter_that_is_the_principal() => Assert.Equal(
        ["would be allowed if parameter `Reader` is `arn:aws:iam::111122223333:role/R`", "would be denied if parameter `Reader` is not `arn:aws:iam::111122223333:role/R`"],
        Changes(With(Allow("{ AWS: !Ref Reader }"))));

    [Theory]
    [InlineData("service:cloudtrail.amazonaws.com", "*")]
    [InlineData("444455556666", "444455556666")]
    public void A_parameter_is_said_to_be_what_would_name_the_caller(string who, string named)
    {
        var changes = With(Allow("{ AWS: !Ref Reader }")).May(who, "s3:GetObject", "B").Account.Changes.Select(c => c.ToString());
        Assert.Contains(changes, c => c.StartsWith($"would be allowed if parameter `Reader` is `{named}`", StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameter_that_is_the_value_of_a_condition() => Assert.Equal(
        ["would be allowed if parameter `Reader` is `arn:aws:iam::111122223333:role/R`", "would be denied if parameter `Reader` is not `arn:aws:iam::111122223333:role/R`"],
        Changes(With(Allow("{ AWS: !GetAtt R.Arn }", "{ ArnEquals: { aws:PrincipalArn: !Ref Reader } }"))));

    [Fact]
    public void A_negated_operator_turns_it_round() => Assert.Equal(
        ["would be allowed if parameter `Reader` is not `arn:aws:iam::111122223333:role/R`", "would be denied if parameter `Reader` is `arn:aws:iam::111122223333:role/R`"],
        Changes(With(Allow("{ AWS: !GetAtt R.Arn }", "{ ArnNotEquals: { aws:PrincipalArn: !Ref Reader } }"))));

    [Fact]
    public void A_parameter_of_a_Deny() => Assert.Equal(
        ["would be allowed if parameter `Banned` is not `arn:aws:iam::111122223333:role/R`", "would be denied if parameter `Banned` is `arn:aws:iam::111122223333:role/R`"],
        Changes(With(Allow("{ AWS: !GetAtt R.Arn }"), Asked.Statement("Deny", "'*'", "s3:*", "*", "{ ArnEquals: { aws:PrincipalArn: !Ref Banned } }"))));

    [Fact]
    public void Two_parameters_that_are_needed_together() => Assert.Equal(
        [
            "would be allowed if parameter `Reader` is `arn:aws:iam::111122223333:role/R` and parameter `Banned` is not `arn:aws:iam::111122223333:role/R`",
            "would be denied if parameter `Reader` is not `arn:aws:iam::111122223333:role/R`",
            "would be denied if parameter `Banned` is `arn:aws:iam::111122223333:role/R`",
        ],
        Changes(With(Allow("{ AWS: !Ref Reader }"), Asked.Statement("Deny", "'*'", "s3:*", "*", "{ ArnEquals: { aws:PrincipalArn: !Ref Banned } }"))));

    [Fact]
    public void Any_one_of_two_that_are_enough_by_themselves() => Assert.Equal(
        ["would be allowed if parameter `Reader` is `arn:aws:iam::111122223333:role/R`", "would be allowed if parameter `Banned` is `arn:aws:iam::111122223333:role/R`"],
        Changes(With(Allow("{ AWS: !Ref Reader }"), Allow("{ AWS: !Ref Banned }"))));

    [Fact]
    public void A_key_that_may_be_missing() => Assert.Equal(
        [
            "would be allowed if the request's `aws:SourceArn` is such that condition `ArnLike aws:SourceArn arn:aws:cloudtrail:*:111122223333:trail/*` of statement 1 of `P` holds",
            "would be denied if the request's `aws:SourceArn` is such that condition `ArnLike aws:SourceArn arn:aws:cloudtrail:*:111122223333:trail/*` of statement 1 of `P` does not hold",
        ],
        Changes(With(Allow("{ Service: cloudtrail.amazonaws.com }", "{ ArnLike: { aws:SourceArn: 'arn:aws:cloudtrail:*:111122223333:trail/*' } }")), "service:cloudtrail.amazonaws.com"));

    [Fact]
    public void A_parameter_within_a_resource() => Assert.Equal(
        ["would be allowed if statement 1 of `P` covers arn:aws:s3:::b/⟨any key⟩", "would be denied if statement 1 of `P` does not cover arn:aws:s3:::b/⟨any key⟩"],
        Changes(With(Allow("{ AWS: !GetAtt R.Arn }").Replace("Resource: '*'", "Resource: !Sub 'arn:aws:s3:::${Reader}/*'", StringComparison.Ordinal))));

    [Fact]
    public void Policies_that_the_input_does_not_show() => Assert.Equal(
        [
            "would be allowed if something in the policies of `aws_iam_role.r` that the input does not show allows it",
            "would be denied if something in the policies of `aws_iam_role.r` that the input does not show does not allow it",
        ],
        Asked.Plan("aws_s3_bucket.b: { bucket: b }", "aws_iam_role.r: { $actions: [no-op], name: r }").May("aws_iam_role.r", "s3:GetObject", "aws_s3_bucket.b").Account.Changes.Select(c => c.ToString()));

    [Fact]
    public void Who_is_of_which_account() => Assert.Contains(
        "would be allowed if arn:aws:iam::444455556666:role/F is of account ⟨AWS::AccountId⟩",
        (Asked.Template(Asked.Bucket("", Allow("{ AWS: 'arn:aws:iam::444455556666:role/F' }"))) with { Deployment = Deployment.Unsaid })
            .May("arn:aws:iam::444455556666:role/F", "s3:GetObject", "B").Account.Changes.Select(c => c.ToString()));

    [Fact]
    public void A_change_stands_where_the_cause_does()
    {
        var change = With(Allow("{ AWS: !Ref Reader }")).May("R", "s3:GetObject", "B").Account.Changes[0];
        Assert.Equal(("template.yaml", 5), (change.Location.File, change.Location.Line));
    }

    [Fact]
    public void What_was_tried_leaves_the_answer_as_it_was()
    {
        var decision = With(Allow("{ AWS: !Ref Reader }")).May("R", "s3:GetObject", "B");
        Assert.Equal(decision.Account.Changes.Select(c => c.ToString()), decision.Account.Changes.Select(c => c.ToString()));
        Assert.Equal(Truth.Unknown, decision.Allowed);
    }
}
