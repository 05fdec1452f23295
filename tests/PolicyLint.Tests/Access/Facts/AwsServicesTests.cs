using PolicyLint.Engine.Access.Facts;

namespace PolicyLint.Tests.Access.Facts;

public class AwsServicesTests
{
    private readonly AwsServices services = AwsServices.Shipped;

    [Fact]
    public void A_service_has_actions_with_resource_types_and_keys()
    {
        var s3 = services.Named("S3")!;
        var get = s3.Action("getobject")!;
        Assert.Equal("GetObject", get.Name);
        Assert.Contains("arn:aws:s3:::${BucketName}/${ObjectName}", get.Types.Select(t => t.Arn));
        Assert.DoesNotContain("arn:aws:s3:::${BucketName}", get.Types.Select(t => t.Arn));
        Assert.True(get.Has(s3.Key("s3:ExistingObjectTag/team")!));
        Assert.False(get.Has(s3.Key("s3:prefix")!));
        Assert.True(s3.Action("ListBucket")!.Has(s3.Key("S3:PREFIX")!));
        Assert.Empty(s3.Action("ListAllMyBuckets")!.Types);
    }

    [Fact]
    public void Keys_of_resource_types_are_keys_of_their_actions()
    {
        var ec2 = services.Named("ec2")!;
        Assert.True(ec2.Action("TerminateInstances")!.Has(ec2.Key("ec2:InstanceProfile")!));
    }

    [Theory]
    [InlineData("s3", "s3:max-keys", KeyType.Number)]
    [InlineData("kms", "kms:GrantIsForAWSResource", KeyType.Flag)]
    [InlineData("kms", "kms:EncryptionContext:purpose", KeyType.Text)]
    [InlineData("ec2", "ec2:InstanceProfile", KeyType.Arn)]
    public void Keys_have_types(string service, string key, KeyType expected) => Assert.Equal(expected, services.Named(service)!.Key(key)!.Type);

    [Theory]
    [InlineData("aws:SourceIp", KeyType.Address)]
    [InlineData("AWS:currenttime", KeyType.Date)]
    [InlineData("aws:PrincipalTag/team", KeyType.Text)]
    public void Some_keys_are_everywhere(string key, KeyType expected) => Assert.Equal(expected, services.Everywhere.Key(key)!.Type);

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("#")]
    [InlineData("no-such-service")]
    public void What_is_no_service_is_none(string prefix) => Assert.Null(services.Named(prefix));

    [Fact]
    public void Every_line_of_the_data_is_read()
    {
        Assert.True(services.Prefixes.Count > 400);
        Assert.Equal(services.Prefixes, services.Prefixes.Distinct());
        var without = services.Prefixes.Where(p => services.Named(p) is not { Actions.Count: > 0 }).ToList();
        Assert.True(without.Count < 10, string.Join(", ", without));
        Assert.All(services.Prefixes.SelectMany(p => services.Named(p)!.Actions).SelectMany(a => a.Types), t => Assert.True(t.Form.Count(c => c == ':') >= 3, t.Form));
    }

    [Fact]
    public void The_data_tells_its_day() => Assert.Matches(@"^20\d\d-\d\d-\d\d$", AwsServices.AsOf);
}
