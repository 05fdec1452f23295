using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary><c>Fn::ForEach</c> over a list parameter: what is given counts, else the default, which the report tells.</summary>
public sealed class LoopsTests
{
    private static string Template(string parameter) => $$"""
        Transform: AWS::LanguageExtensions
        Parameters: { Names: { {{parameter}} } }
        Resources:
          'Fn::ForEach::Buckets':
            - Name
            - !Ref Names
            - 'Bucket${Name}': { Type: AWS::S3::Bucket, Properties: { AccessControl: PublicRead } }
        """;

    [Fact]
    public void A_default_stands_for_what_is_not_given()
    {
        var report = Scanned.Run(("t.yaml", Template("Type: CommaDelimitedList, Default: 'One, Two'")));
        Assert.Empty(report.Problems);
        Assert.Equal(["BucketOne", "BucketTwo"], report.Findings.Where(f => f.Rule.Id == "s3-acl-refused").Select(f => f.Resource));
        var assumed = Assert.Single(report.Assumed);
        Assert.Equal("Names", assumed.Default.Parameter);
        Assert.True(assumed.Verdicts >= 2);
    }

    [Fact]
    public void What_is_given_comes_before_the_default()
    {
        var deployment = Deployment.Unsaid with { Parameters = new Dictionary<string, string> { ["Names"] = "Three" } };
        var report = Scanned.Run([Scanned.InputOf("t.yaml", Template("Type: CommaDelimitedList, Default: 'One,Two'"))], [], deployment);
        Assert.Equal(["BucketThree"], report.Findings.Where(f => f.Rule.Id == "s3-acl-refused").Select(f => f.Resource));
        Assert.Empty(report.Assumed);
    }

    [Theory]
    [InlineData("Type: CommaDelimitedList")]
    [InlineData("Type: CommaDelimitedList, Default: ''")]
    [InlineData("Type: AWS::SSM::Parameter::Value<CommaDelimitedList>, Default: names")]
    public void Without_either_the_loop_is_not_judged(string parameter) =>
        Assert.Contains("the collection of `Fn::ForEach::Buckets` is not known here", Scanned.Told(Scanned.Run(("t.yaml", Template(parameter)))), StringComparison.Ordinal);
}
