using System.Text;
using PolicyLint.Engine;
using PolicyLint.Engine.Documents;
using PolicyLint.Engine.Resources;
using PolicyLint.Engine.Rules;

namespace PolicyLint.Tests.Golden;

/// <summary>A YAML file may hold several templates; their names do not mix.</summary>
public sealed class SeveralTemplatesTests
{
    private const string TwoTemplates = """
        Resources:
          Files: { Type: AWS::S3::Bucket, Properties: { AccessControl: PublicRead, PublicAccessBlockConfiguration: { IgnorePublicAcls: false }, OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerPreferred }] } } }
        ---
        Resources:
          Files: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } } }
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Files
              PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "${Files.Arn}/*" }] }
        """;

    [Fact]
    public void Each_is_judged_by_its_own_resources()
    {
        var rules = RuleSetReader.Read(RuleFile.Shipped().Select(f => f.WithoutExamples()), []);
        var report = Linter.Run([new Input("two.yaml", Named: true, () => Encoding.UTF8.GetBytes(TwoTemplates))], rules, Deployment.Unsaid);
        Assert.Empty(report.Problems);
        Assert.Equal(1, report.Counts.Documents);
        Assert.Equal([2, 10], report.Findings.Where(f => f.Rule.Id == "s3-bucket-public-access").Select(f => f.Location.Line));
    }
}
