namespace PolicyLint.Tests.Resources.CloudFormation;

/// <summary>Templates of one scan that mean each other's resources: by exports and by names.</summary>
public sealed class ManyTemplatesTests
{
    private static string Bucket(string more = "", string outputs = "") => $$"""
        Parameters: { Env: { Type: String } }
        Resources:
          Data: { Type: AWS::S3::Bucket, Properties: { {{more}}PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } } }
        {{outputs}}
        """;

    private static string Policy(string bucket, string arn) => $$"""
        Parameters: { Env: { Type: String } }
        Resources:
          P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: {{bucket}}, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: {{arn}} }] } } }
        """;

    private const string Exports = """
        Outputs:
          Name: { Value: !Ref Data, Export: { Name: !Sub "${AWS::Region}-data" } }
          Arn: { Value: !GetAtt Data.Arn, Export: { Name: data-arn } }
        """;

    [Fact]
    public void A_policy_is_of_the_bucket_that_the_import_names() => Assert.EndsWith(
        " fail Data",
        Scanned.Told(Scanned.Run(("bucket.yaml", Bucket(outputs: Exports)), ("policy.yaml", Policy("{ 'Fn::ImportValue': !Sub '${AWS::Region}-data' }", "!Join ['', [!ImportValue data-arn, '/*']]")))), StringComparison.Ordinal);

    [Fact]
    public void A_policy_is_of_the_bucket_that_the_other_template_gives_that_name() => Assert.EndsWith(
        " fail Data",
        Scanned.Told(Scanned.Run(("bucket.yaml", Bucket("BucketName: shop-data, ")), ("policy.yaml", Policy("shop-data", "arn:aws:s3:::shop-data/*")))), StringComparison.Ordinal);

    [Fact]
    public void Parameters_of_two_templates_need_not_be_the_same_text() => Assert.DoesNotContain(
        " fail Data",
        Scanned.Told(Scanned.Run(("bucket.yaml", Bucket("BucketName: !Sub '${Env}-data', ")), ("policy.yaml", Policy("!Sub '${Env}-data'", "!Sub 'arn:aws:s3:::${Env}-data/*'")))), StringComparison.Ordinal);

    [Fact]
    public void An_export_of_two_templates_is_nobody_s() => Assert.DoesNotContain(
        " fail Data",
        Scanned.Told(Scanned.Run(("a.yaml", Bucket(outputs: Exports)), ("b.yaml", Bucket(outputs: Exports)), ("policy.yaml", Policy("!ImportValue data-arn", "!ImportValue data-arn")))), StringComparison.Ordinal);
}
