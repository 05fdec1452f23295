using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Requests through an access point need its policy and the bucket's (semantics 3.8).</summary>
public class AccessPointsTests
{
    private const string Objects = "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/*";
    private static readonly string ForRole = Asked.Statement("Allow", "{ AWS: !GetAtt R.Arn }", "s3:GetObject", Objects);
    private static readonly string OfBucket = Asked.Statement("Allow", "{ AWS: !GetAtt R.Arn }", "s3:GetObject", "arn:aws:s3:::b/*");

    private static string Point(string statement, string more = "", string bucket = "!Ref B") =>
        $"Ap: {{ Type: AWS::S3::AccessPoint, Properties: {{ Name: ap, Bucket: {bucket}{more}{(statement.Length > 0 ? $", Policy: {Asked.Policy(statement)}" : "")} }} }}";

    private static string Delegating(string account) =>
        $"{{ Effect: Allow, Principal: '*', Action: '*', Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'], Condition: {{ StringEquals: {{ s3:DataAccessPointAccount: '{account}' }} }} }}";

    [Fact]
    public void Both_policies_must_allow()
    {
        Assert.Equal((Truth.Yes, "statement 1 of `Ap` allows it"), Asked.Template(Asked.Bucket("", OfBucket), Point(ForRole), Asked.Role("R")).Told("R", "s3:GetObject", "Ap"));
        Assert.Equal(
            (Truth.No, "no statement of the policies of `R` allows s3:GetObject to arn:aws:iam::111122223333:role/R"),
            Asked.Template(Asked.Bucket(""), Point(ForRole), Asked.Role("R")).Told("R", "s3:GetObject", "Ap"));
        Assert.Equal(Truth.No, Asked.Template(Asked.Bucket("", OfBucket), Point(""), Asked.Role("R")).May("R", "s3:GetObject", "Ap").Allowed);
    }

    [Fact]
    public void Both_policies_are_told_where_they_allow() => Assert.Equal(
        ["statement 1 of `Ap` allows it", "statement 1 of `P` allows it"],
        Asked.Template(Asked.Bucket("", OfBucket), Point(ForRole), Asked.Role("R")).May("R", "s3:GetObject", "Ap").Trace.Select(t => t.Text));

    [Theory]
    [InlineData("111122223333", Truth.Yes)]
    [InlineData("444455556666", Truth.No)]
    public void A_bucket_may_leave_it_to_the_access_points_of_an_account(string account, Truth expected) => Assert.Equal(
        expected, Asked.Template(Asked.Bucket("", Delegating(account)), Point(ForRole), Asked.Role("R")).May("R", "s3:GetObject", "Ap").Allowed);

    [Fact]
    public void A_bucket_that_leaves_it_to_access_points_lets_nobody_in_directly() => Assert.Equal(
        Truth.No, Asked.Template(Asked.Bucket("", Delegating("111122223333")), Point(ForRole), Asked.Role("R")).May("R", "s3:GetObject", "B").Allowed);

    [Fact]
    public void A_Deny_of_the_bucket_reaches_what_comes_through() => Assert.Equal(
        (Truth.No, "statement 2 of `P` denies it to arn:aws:iam::111122223333:role/R explicitly"),
        Asked.Template(Asked.Bucket("", OfBucket, Asked.Statement("Deny", "'*'", "s3:GetObject", "arn:aws:s3:::b/*")), Point(ForRole), Asked.Role("R")).Told("R", "s3:GetObject", "Ap"));

    [Fact]
    public void A_bucket_outside_the_input_leaves_it_open() => Assert.Equal(
        (Truth.Unknown, "the bucket behind `Ap` is not in the input, and its policy must allow the request, too"),
        Asked.Template(Point(ForRole, bucket: "elsewhere"), Asked.Role("R")).Told("R", "s3:GetObject", "Ap"));

    [Theory]
    [InlineData(", VpcConfiguration: { VpcId: vpc-1 }", Truth.Yes)]
    [InlineData("", Truth.No)]
    public void Where_a_request_comes_from_is_a_key(string more, Truth expected)
    {
        var statement = Asked.Statement("Allow", "{ AWS: !GetAtt R.Arn }", "s3:GetObject", "arn:aws:s3:::b/*", "{ StringEquals: { s3:AccessPointNetworkOrigin: VPC } }");
        Assert.Equal(expected, Asked.Template(Asked.Bucket("", statement), Point(ForRole, more), Asked.Role("R")).May("R", "s3:GetObject", "Ap").Allowed);
    }

    [Theory]
    [InlineData("Ap/a/b", Truth.Yes)]
    [InlineData("Ap/c", Truth.No)]
    public void A_key_is_the_same_at_the_access_point_and_in_the_bucket(string on, Truth expected) => Assert.Equal(
        expected, Asked.Template(Asked.Bucket("", OfBucket.Replace("b/*", "b/a/*", StringComparison.Ordinal)), Point(ForRole), Asked.Role("R")).May("R", "s3:GetObject", on).Allowed);

    [Fact]
    public void A_plan_s_access_point_has_its_policy_in_a_resource_of_its_own() => Assert.Equal(
        Truth.Yes, Asked.Plan(
            "aws_s3_bucket.b: { bucket: b }",
            $"aws_s3_bucket_policy.b: {{ bucket: b, policy: !json {Asked.Policy(Delegating("111122223333"))} }}",
            "aws_s3_access_point.ap: { name: ap, bucket: b }",
            $"aws_s3control_access_point_policy.ap: {{ access_point_arn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap', policy: !json {Asked.Policy(ForRole.Replace("!GetAtt R.Arn", "'arn:aws:iam::111122223333:role/R'", StringComparison.Ordinal))} }}",
            "aws_iam_role.r: { name: R }").May("aws_iam_role.r", "s3:GetObject", "aws_s3_access_point.ap").Allowed);
}
