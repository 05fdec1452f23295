using PolicyLint.Engine.Access;
using PolicyLint.Engine.Documents;

namespace PolicyLint.Tests.Access;

public class ManagedPoliciesTests
{
    private static readonly List<Problem> Problems = [];
    private static readonly ManagedPolicies Managed = new(Problems);

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "AWS managed policy `AmazonS3ReadOnlyAccess`")]
    [InlineData("arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess", "AWS managed policy `AmazonS3ReadOnlyAccess`")]
    [InlineData("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", "AWS managed policy `service-role/AWSLambdaBasicExecutionRole`")]
    [InlineData("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess", "AWS managed policy `job-function/ViewOnlyAccess`")]
    [InlineData("arn:aws:iam::aws:policy/AdministratorAccess", "AWS managed policy `AdministratorAccess`")]
    public void A_policy_of_AWS_s_own_is_found_by_its_ARN(string arn, string name)
    {
        var policy = Managed.Named(arn);
        Assert.Equal(name, policy?.Name);
        Assert.NotEmpty(policy!.Statements);
        Assert.Same(policy, Managed.Named(arn));
    }

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/NoSuchPolicy")]
    [InlineData("arn:aws:iam::aws:policy/AmazonS3ReadOnly")]
    [InlineData("arn:aws:iam::aws:policy/amazons3readonlyaccess")]
    [InlineData("arn:aws:iam::aws:policy/")]
    [InlineData("arn:aws:iam::111122223333:policy/AmazonS3ReadOnlyAccess")]
    [InlineData("AmazonS3ReadOnlyAccess")]
    [InlineData("")]
    public void Nothing_else_is(string arn) => Assert.Null(Managed.Named(arn));

    [Fact]
    public void All_of_them_are_read_without_a_problem()
    {
        var names = File.ReadLines(Repository.Path("data/aws-managed-policies.txt")).Where(l => l.Contains('\t', StringComparison.Ordinal)).Select(l => l.Split('\t')[0]).ToList();
        var problems = new List<Problem>();
        var managed = new ManagedPolicies(problems);
        Assert.True(names.Count > 1000, $"{names.Count}");
        Assert.All(names, n => Assert.NotEmpty(managed.Named($"arn:aws:iam::aws:policy/{n}")!.Statements));
        Assert.Equal([], problems.Select(p => $"{p.Location}: {p.Message}"));
    }
}
