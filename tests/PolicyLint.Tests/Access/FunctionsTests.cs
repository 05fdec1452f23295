using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Who may invoke a function (semantics 2.4, 8.5).</summary>
public class FunctionsTests
{
    private const string Function = "F: { Type: AWS::Lambda::Function, Properties: { FunctionName: f, Role: !GetAtt R.Arn } }";
    private const string Arn = "arn:aws:lambda:eu-west-1:111122223333:function:f";

    private static Asked With(params string[] permissions) =>
        Asked.Template([Function, Asked.Role("R"), .. permissions.Select((p, i) => $"P{i}: {{ Type: AWS::Lambda::Permission, Properties: {{ FunctionName: !Ref F, Action: 'lambda:InvokeFunction', {p} }} }}")]);

    private static Inquiry Invoke(string who, string on = "F") => new(who, "lambda:InvokeFunction", on);

    [Fact]
    public void A_permission_lets_its_service_in()
    {
        Assert.Equal(Truth.Yes, With("Principal: s3.amazonaws.com").May(Invoke("service:s3.amazonaws.com")).Allowed);
        Assert.Equal(
            (Truth.No, "no statement of `P0` allows lambda:InvokeFunction to sns.amazonaws.com: statement 1 comes nearest, but its principal is `s3.amazonaws.com`, not sns.amazonaws.com"),
            With("Principal: s3.amazonaws.com").Told("service:sns.amazonaws.com", "lambda:InvokeFunction", "F"));
    }

    [Fact]
    public void A_permission_may_be_for_one_source()
    {
        var asked = With("Principal: s3.amazonaws.com, SourceArn: 'arn:aws:s3:::b', SourceAccount: '111122223333'");
        var source = Invoke("service:s3.amazonaws.com") with { Context = [new GivenKey("aws:SourceArn", "arn:aws:s3:::b"), new GivenKey("aws:SourceAccount", "111122223333")] };
        Assert.Equal(Truth.Yes, asked.May(source).Allowed);
        Assert.Equal(Truth.No, asked.May(source with { Context = [new GivenKey("aws:SourceArn", "arn:aws:s3:::other")] }).Allowed);
        Assert.Equal(Truth.No, asked.May(source with { Context = [source.Context[0], new GivenKey("aws:SourceAccount", "444455556666")] }).Allowed);
        Assert.Equal(Truth.No, asked.May(Invoke("service:s3.amazonaws.com") with { Without = ["aws:SourceArn"] }).Allowed);
        Assert.Equal(Truth.Unknown, asked.May(Invoke("service:s3.amazonaws.com")).Allowed);
    }

    [Fact]
    public void One_permission_of_several_is_enough() =>
        Assert.Equal(Truth.Yes, With("Principal: sns.amazonaws.com", "Principal: s3.amazonaws.com").May(Invoke("service:s3.amazonaws.com")).Allowed);

    [Theory]
    [InlineData("'444455556666'", Truth.Yes)]
    [InlineData("'arn:aws:iam::444455556666:root'", Truth.Yes)]
    [InlineData("'555566667777'", Truth.No)]
    [InlineData("'*'", Truth.Yes)]
    public void A_permission_may_be_for_an_account(string principal, Truth expected) =>
        Assert.Equal(expected, With($"Principal: {principal}").May(Invoke("444455556666")).Allowed);

    [Fact]
    public void A_function_without_a_permission_lets_no_service_in() => Assert.Equal(
        (Truth.No, "the function policy does not exist, so nothing lets s3.amazonaws.com in"), With().Told("service:s3.amazonaws.com", "lambda:InvokeFunction", "F"));

    [Fact]
    public void A_role_of_the_account_invokes_by_its_own_policy()
    {
        Assert.Equal(Truth.Yes, Asked.Template(Function, Asked.Role("R"), Asked.Role("Caller", Asked.Allow("lambda:InvokeFunction"))).May(Invoke("Caller")).Allowed);
        Assert.Equal(Truth.No, Asked.Template(Function, Asked.Role("R"), Asked.Role("Caller")).May(Invoke("Caller")).Allowed);
    }

    [Fact]
    public void A_permission_for_a_qualifier_covers_that_alone()
    {
        var asked = Asked.Plan(
            "aws_lambda_function.f: { function_name: f, role: 'arn:aws:iam::111122223333:role/r' }",
            "aws_lambda_permission.p: { function_name: f, action: 'lambda:InvokeFunction', principal: s3.amazonaws.com, qualifier: live }");
        Assert.Equal(Truth.Yes, asked.May(Invoke("service:s3.amazonaws.com", $"{Arn}:live")).Allowed);
        Assert.Equal(Truth.No, asked.May(Invoke("service:s3.amazonaws.com", $"{Arn}:other")).Allowed);
        Assert.Equal(Truth.No, asked.May(Invoke("service:s3.amazonaws.com", "aws_lambda_function.f")).Allowed);
    }

    [Theory]
    [InlineData("'f:live'")]
    [InlineData("!Sub '${F}:live'")]
    [InlineData("!Sub '${F.Arn}:live'")]
    [InlineData("!Ref Live")]
    public void A_template_s_permission_for_an_alias_covers_that_alone(string function)
    {
        var asked = Asked.Template(
            Function, Asked.Role("R"), "Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref F, Name: live, FunctionVersion: '1' } }",
            $"P: {{ Type: AWS::Lambda::Permission, Properties: {{ FunctionName: {function}, Action: 'lambda:InvokeFunction', Principal: s3.amazonaws.com }} }}");
        Assert.Equal(Truth.Yes, asked.May(Invoke("service:s3.amazonaws.com", $"{Arn}:live")).Allowed);
        Assert.Equal(Truth.No, asked.May(Invoke("service:s3.amazonaws.com")).Allowed);
    }

    [Fact]
    public void A_function_that_was_there_before_may_have_other_permissions()
    {
        Assert.Equal(
            (Truth.Unknown, "`aws_lambda_function.f` was there before and may have permissions that the input does not show"),
            Asked.Plan("aws_lambda_function.f: { $actions: [no-op], function_name: f }").Told("service:s3.amazonaws.com", "lambda:InvokeFunction", "aws_lambda_function.f"));
        Assert.Equal(
            (Truth.Unknown, "arn:aws:lambda:eu-west-1:111122223333:function:other is not in the input, nor what its policy says"),
            With().Told("service:s3.amazonaws.com", "lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:other"));
    }
}
