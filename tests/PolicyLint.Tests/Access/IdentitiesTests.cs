using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>What roles and users carry themselves (semantics 2.1, 8.5), asked by what they may read of a bucket.</summary>
public class IdentitiesTests
{
    private static readonly string Reads = Asked.Policy(Asked.Allow("s3:GetObject"));
    private const string Trust = "AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] }";

    private static Asked Template(params string[] resources) => Asked.TemplateUnder("Parameters: { Any: { Type: String } }", [Asked.Bucket(""), .. resources]);

    private static Asked Plan(params string[] resources) => Asked.Plan(["aws_s3_bucket.b: { bucket: b }", .. resources]);

    private static string RoleWith(string properties) => $"R: {{ Type: AWS::IAM::Role, Properties: {{ RoleName: R, {Trust}{(properties.Length > 0 ? ", " : "")}{properties} }} }}";

    private static string UserWith(string properties) => $"U: {{ Type: AWS::IAM::User, Properties: {{ UserName: U{(properties.Length > 0 ? ", " : "")}{properties} }} }}";

    private static (Truth Allowed, string Reason) Role(params string[] resources) => Template(resources).Told("R", "s3:GetObject", "B");

    [Fact]
    public void A_role_without_policies_may_nothing() => Assert.Equal(
        (Truth.No, "no statement of the policies of `R` allows s3:GetObject to arn:aws:iam::111122223333:role/R"), Role(RoleWith("")));

    public static TheoryData<string, string> RolePolicies() => new()
    {
        { RoleWith($"Policies: [{{ PolicyName: own, PolicyDocument: {Reads} }}]"), "statement 1 of `R` allows it" },
        { $"{RoleWith("")}\nM: {{ Type: AWS::IAM::Policy, Properties: {{ PolicyName: m, Roles: [!Ref R], PolicyDocument: {Reads} }} }}", "statement 1 of `M` allows it" },
        { $"{RoleWith("")}\nM: {{ Type: AWS::IAM::RolePolicy, Properties: {{ PolicyName: m, RoleName: !Ref R, PolicyDocument: {Reads} }} }}", "statement 1 of `M` allows it" },
        { $"{RoleWith("")}\nM: {{ Type: AWS::IAM::ManagedPolicy, Properties: {{ Roles: [!Ref R], PolicyDocument: {Reads} }} }}", "statement 1 of `M` allows it" },
        { $"{RoleWith("ManagedPolicyArns: [!Ref M]")}\nM: {{ Type: AWS::IAM::ManagedPolicy, Properties: {{ PolicyDocument: {Reads} }} }}", "statement 1 of `M` allows it" },
        { RoleWith("ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']"), "statement 1 of AWS managed policy `AmazonS3ReadOnlyAccess` allows it" },
    };

    [Theory, MemberData(nameof(RolePolicies))]
    public void A_role_of_a_template_carries_a_policy(string resources, string reason) => Assert.Equal((Truth.Yes, reason), Role(resources));

    public static TheoryData<string, string> PlannedRolePolicies() => new()
    {
        { $"aws_iam_role.r: {{ name: r, inline_policy: [{{ name: own, policy: !json {Reads} }}] }}", "statement 1 of `aws_iam_role.r` allows it" },
        { $"aws_iam_role.r: {{ name: r }}\naws_iam_role_policy.p: {{ role: !reference aws_iam_role.r.id, policy: !json {Reads} }}", "statement 1 of `aws_iam_role_policy.p` allows it" },
        { $"aws_iam_role.r: {{ name: r }}\naws_iam_policy.p: {{ name: p, policy: !json {Reads} }}\naws_iam_role_policy_attachment.a: {{ role: r, policy_arn: !reference aws_iam_policy.p.arn }}", "statement 1 of `aws_iam_policy.p` allows it" },
        { $"aws_iam_role.r: {{ name: r }}\naws_iam_policy.p: {{ name: p, policy: !json {Reads} }}\naws_iam_policy_attachment.a: {{ name: a, roles: [r], policy_arn: !reference aws_iam_policy.p.arn }}", "statement 1 of `aws_iam_policy.p` allows it" },
        { "aws_iam_role.r: { name: r }\naws_iam_role_policy_attachment.a: { role: r, policy_arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }", "statement 1 of AWS managed policy `AmazonS3ReadOnlyAccess` allows it" },
        { "aws_iam_role.r: { name: r, managed_policy_arns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }", "statement 1 of AWS managed policy `AmazonS3ReadOnlyAccess` allows it" },
    };

    [Theory, MemberData(nameof(PlannedRolePolicies))]
    public void A_role_of_a_plan_carries_a_policy(string resources, string reason) =>
        Assert.Equal((Truth.Yes, reason), Plan(resources).Told("aws_iam_role.r", "s3:GetObject", "aws_s3_bucket.b"));

    public static TheoryData<string, string> UserPolicies() => new()
    {
        { UserWith($"Policies: [{{ PolicyName: own, PolicyDocument: {Reads} }}]"), "statement 1 of `U` allows it" },
        { $"{UserWith("")}\nM: {{ Type: AWS::IAM::Policy, Properties: {{ PolicyName: m, Users: [!Ref U], PolicyDocument: {Reads} }} }}", "statement 1 of `M` allows it" },
        { $"{UserWith("Groups: [!Ref G]")}\nG: {{ Type: AWS::IAM::Group, Properties: {{ Policies: [{{ PolicyName: own, PolicyDocument: {Reads} }}] }} }}", "statement 1 of `G` allows it" },
        { $"{UserWith("")}\nG: {{ Type: AWS::IAM::Group, Properties: {{ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }} }}\nA: {{ Type: AWS::IAM::UserToGroupAddition, Properties: {{ GroupName: !Ref G, Users: [!Ref U] }} }}", "statement 1 of AWS managed policy `AmazonS3ReadOnlyAccess` allows it" },
        { $"{UserWith("Groups: [!Ref G]")}\nG: {{ Type: AWS::IAM::Group }}\nM: {{ Type: AWS::IAM::Policy, Properties: {{ PolicyName: m, Groups: [!Ref G], PolicyDocument: {Reads} }} }}", "statement 1 of `M` allows it" },
    };

    [Theory, MemberData(nameof(UserPolicies))]
    public void A_user_carries_policies_of_its_own_and_of_its_groups(string resources, string reason) => Assert.Equal((Truth.Yes, reason), Template(resources).Told("U", "s3:GetObject", "B"));

    public static TheoryData<string> PlannedUserPolicies() =>
    [
        $"aws_iam_user_policy.p: {{ user: u, name: p, policy: !json {Reads} }}",
        "aws_iam_user_policy_attachment.a: { user: u, policy_arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }",
        $"aws_iam_group.g: {{ name: g }}\naws_iam_user_group_membership.m: {{ user: u, groups: [g] }}\naws_iam_group_policy.p: {{ group: g, name: p, policy: !json {Reads} }}",
        $"aws_iam_group.g: {{ name: g }}\naws_iam_group_membership.m: {{ name: m, users: [u], group: g }}\naws_iam_group_policy_attachment.p: {{ group: g, policy_arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }}",
    ];

    [Theory, MemberData(nameof(PlannedUserPolicies))]
    public void A_user_of_a_plan_does_too(string resources) =>
        Assert.Equal(Truth.Yes, Plan("aws_iam_user.u: { name: u }", resources).May("aws_iam_user.u", "s3:GetObject", "aws_s3_bucket.b").Allowed);

    [Fact]
    public void A_managed_policy_allows_what_it_says_and_no_more() => Assert.Equal(
        Truth.No, Template(RoleWith("ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']")).May("R", "s3:PutObject", "B").Allowed);

    [Theory]
    [InlineData("arn:aws:iam::111122223333:policy/other")]
    [InlineData("arn:aws:iam::aws:policy/NoSuchPolicy")]
    public void A_managed_policy_that_nobody_has_leaves_it_open(string arn) => Assert.Equal(
        (Truth.Unknown, $"what policy `{arn}`, which `R` carries, says is not in the input"), Role(RoleWith($"ManagedPolicyArns: ['{arn}']")));

    [Fact]
    public void A_managed_policy_by_a_parameter_leaves_it_open() => Assert.Equal(
        (Truth.Unknown, "what policy `⟨Any⟩`, which `R` carries, says is not in the input"), Role(RoleWith("ManagedPolicyArns: [!Ref Any]")));

    [Fact]
    public void A_group_outside_the_input_leaves_it_open() => Assert.Equal(
        (Truth.Unknown, "what group `admins` of `U` may do is not in the input"), Template(UserWith("Groups: [admins]")).Told("U", "s3:GetObject", "B"));

    [Fact]
    public void Of_a_role_that_was_there_before_the_plan_may_show_all_that_it_carries() => Assert.Equal(
        Truth.No,
        Plan("aws_iam_role.r: { $actions: [no-op], name: r, inline_policy: [], managed_policy_arns: [] }", "aws_s3_bucket.b: { bucket: b }").Told("aws_iam_role.r", "s3:GetObject", "aws_s3_bucket.b").Allowed);

    [Fact]
    public void A_role_that_was_there_before_may_carry_more() => Assert.Equal(
        (Truth.Unknown, "`aws_iam_role.r` was there before and may carry policies that the input does not show"),
        Plan("aws_iam_role.r: { $actions: [no-op], name: r }").Told("aws_iam_role.r", "s3:GetObject", "aws_s3_bucket.b"));

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/AmazonS3FullAccess", Truth.Yes)]
    [InlineData("arn:aws:iam::aws:policy/AmazonSQSFullAccess", Truth.No)]
    [InlineData("arn:aws:iam::111122223333:policy/limits", Truth.Unknown)]
    public void A_boundary_limits_what_its_role_may(string boundary, Truth expected)
    {
        var (allowed, reason) = Role(RoleWith($"PermissionsBoundary: '{boundary}', Policies: [{{ PolicyName: own, PolicyDocument: {Reads} }}]"));
        Assert.Equal(expected, allowed);
        Assert.Equal(
            expected switch
            {
                Truth.Yes => "statement 1 of `R` allows it",
                Truth.No => "no statement of the permissions boundary of `R` allows s3:GetObject to arn:aws:iam::111122223333:role/R",
                _ => "the permissions boundary of `R`, `arn:aws:iam::111122223333:policy/limits`, is not in the input",
            },
            reason);
    }

    [Fact]
    public void A_boundary_of_the_input_is_read() => Assert.Equal(
        Truth.No, Role($"{RoleWith($"PermissionsBoundary: !Ref M, Policies: [{{ PolicyName: own, PolicyDocument: {Reads} }}]")}\nM: {{ Type: AWS::IAM::ManagedPolicy, Properties: {{ PolicyDocument: {Asked.Policy(Asked.Allow("sqs:*"))} }} }}").Allowed);

    [Fact]
    public void A_boundary_grants_nothing() =>
        Assert.Equal(Truth.No, Role(RoleWith("PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess'")).Allowed);

    [Fact]
    public void A_Deny_of_a_role_s_own_outweighs_the_bucket_s_Allow() => Assert.Equal(
        (Truth.No, "statement 1 of `R` denies it to arn:aws:iam::111122223333:role/R explicitly"),
        Asked.Template(
            Asked.Bucket("", Asked.Statement("Allow", "{ AWS: !GetAtt R.Arn }", "s3:*", "*")),
            RoleWith($"Policies: [{{ PolicyName: own, PolicyDocument: {Asked.Policy("{ Effect: Deny, Action: 's3:*', Resource: '*' }")} }}]")).Told("R", "s3:GetObject", "B"));
}
