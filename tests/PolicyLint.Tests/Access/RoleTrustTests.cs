using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Who may assume a role (semantics 2.4).</summary>
public class RoleTrustTests
{
    private static Asked Trusting(string principal, params string[] identity) => Asked.Template(
        $"R: {{ Type: AWS::IAM::Role, Properties: {{ RoleName: R, AssumeRolePolicyDocument: {Asked.Policy($"{{ Effect: Allow, Principal: {principal}, Action: 'sts:AssumeRole' }}")} }} }}",
        $"U: {{ Type: AWS::IAM::User, Properties: {{ UserName: U, Policies: [{string.Join(", ", identity.Select(s => $"{{ PolicyName: own, PolicyDocument: {Asked.Policy(s)} }}"))}] }} }}");

    [Fact]
    public void A_service_is_let_in_by_name()
    {
        Assert.Equal((Truth.Yes, "statement 1 of `R` allows it"), Trusting("{ Service: lambda.amazonaws.com }").Told("service:lambda.amazonaws.com", "sts:AssumeRole", "R"));
        Assert.Equal(
            (Truth.No, "no statement of `R` allows sts:AssumeRole to ec2.amazonaws.com: statement 1 comes nearest, but its principal is `lambda.amazonaws.com`, not ec2.amazonaws.com"),
            Trusting("{ Service: lambda.amazonaws.com }").Told("service:ec2.amazonaws.com", "sts:AssumeRole", "R"));
    }

    [Fact]
    public void A_user_that_is_named_needs_no_policy_of_its_own() =>
        Assert.Equal((Truth.Yes, "statement 1 of `R` allows it"), Trusting("{ AWS: !GetAtt U.Arn }").Told("U", "sts:AssumeRole", "R"));

    [Fact]
    public void An_account_that_is_named_leaves_it_to_identity_policies()
    {
        Assert.Equal((Truth.No, "no statement of the policies of `U` allows sts:AssumeRole to arn:aws:iam::111122223333:user/U"), Trusting("{ AWS: '111122223333' }").Told("U", "sts:AssumeRole", "R"));
        Assert.Equal((Truth.Yes, "statement 1 of `R` and statement 1 of `U` allow it"), Trusting("{ AWS: '111122223333' }", Asked.Allow("sts:AssumeRole", "!GetAtt R.Arn")).Told("U", "sts:AssumeRole", "R"));
    }

    [Fact]
    public void An_identity_policy_alone_is_never_enough() =>
        Assert.Equal(Truth.No, Trusting("{ Service: lambda.amazonaws.com }", Asked.Allow("sts:AssumeRole")).May("U", "sts:AssumeRole", "R").Allowed);

    [Theory]
    [InlineData("{ AWS: '111122223333' }")]
    [InlineData("{ AWS: 'arn:aws:iam::111122223333:root' }")]
    [InlineData("'*'")]
    public void A_root_user_assumes_no_role(string principal) => Assert.Equal(
        (Truth.No, "a root user cannot assume a role: STS takes no root credentials"), Trusting(principal).Told("arn:aws:iam::111122223333:root", "sts:AssumeRole", "R"));

    [Fact]
    public void Everybody_who_has_credentials_is_everybody()
    {
        Assert.Equal(Truth.Yes, Trusting("'*'").May("U", "sts:AssumeRole", "R").Allowed);
        Assert.Equal(Truth.Yes, Trusting("'*'").May("444455556666", "sts:AssumeRole", "R").Allowed);
        Assert.Equal(Truth.Yes, Trusting("'*'").May("service:lambda.amazonaws.com", "sts:AssumeRole", "R").Allowed);
    }

    [Fact]
    public void Nobody_assumes_a_role_without_a_signature() => Assert.Equal(
        (Truth.No, "nobody assumes a role without credentials: STS takes no unsigned request"), Trusting("'*'").Told("anonymous", "sts:AssumeRole", "R"));

    [Fact]
    public void Another_account_s_role_needs_its_own_policy_too() => Assert.Equal(
        (Truth.Unknown, "the policies of arn:aws:iam::444455556666:role/F are not in the input"), Trusting("{ AWS: '444455556666' }").Told("arn:aws:iam::444455556666:role/F", "sts:AssumeRole", "R"));

    [Fact]
    public void What_a_role_may_do_is_no_matter_of_its_trust() =>
        Assert.Equal(Truth.No, Trusting("'*'").May("U", "iam:PassRole", "R").Allowed);

    [Fact]
    public void A_plan_s_role_is_the_same()
    {
        var asked = Asked.Plan(
            $"aws_iam_role.r: {{ name: r, assume_role_policy: !json {Asked.Policy("{ Effect: Allow, Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }")} }}",
            "aws_iam_user.u: { name: u }", "aws_iam_user.v: { name: v }",
            $"aws_iam_user_policy.v: {{ user: v, name: p, policy: !json {Asked.Policy(Asked.Allow("sts:AssumeRole"))} }}");
        Assert.Equal(Truth.No, asked.May("aws_iam_user.u", "sts:AssumeRole", "aws_iam_role.r").Allowed);
        Assert.Equal(Truth.Yes, asked.May("aws_iam_user.v", "sts:AssumeRole", "aws_iam_role.r").Allowed);
    }
}
