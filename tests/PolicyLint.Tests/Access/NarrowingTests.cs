using PolicyLint.Engine.Access;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access;

/// <summary>Which conditions keep out all but what their author chose.</summary>
public sealed class NarrowingTests
{
    [Theory]
    [InlineData("StringEquals: { aws:SourceAccount: '111122223333' }", Truth.Yes)]
    [InlineData("StringEqualsIfExists: { aws:SourceAccount: '111122223333' }", Truth.Yes)]
    [InlineData("StringEquals: { aws:SourceAccount: ⟨parameter P⟩ }", Truth.Yes)]
    [InlineData("StringLike: { aws:SourceAccount: ⟨parameter P⟩ }", Truth.Unknown)]
    [InlineData("StringLike: { aws:SourceAccount: ⟨account A⟩ }", Truth.Yes)]
    [InlineData("StringLike: { aws:SourceAccount: '*' }", Truth.No)]
    [InlineData("StringLike: { aws:SourceAccount: ['111122223333', '*'] }", Truth.No)]
    [InlineData("StringLike: { aws:PrincipalArn: 'ab*' }", Truth.Yes)]
    [InlineData("StringNotEquals: { aws:SourceAccount: '111122223333' }", Truth.No)]
    [InlineData("ArnNotLike: { aws:SourceArn: 'arn:aws:sns:us-east-1:111122223333:t' }", Truth.No)]
    [InlineData("'Null': { aws:SourceAccount: 'false' }", Truth.No)]
    [InlineData("'ForAllValues:StringEquals': { aws:SourceAccount: '111122223333' }", Truth.No)]
    [InlineData("'ForAnyValue:StringEquals': { aws:SourceAccount: '111122223333' }", Truth.Yes)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:s3:::files' }", Truth.Yes)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:s3:::files-*' }", Truth.Yes)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:s3:::*' }", Truth.No)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:s3:*:*:*' }", Truth.No)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:sns:*:*:topic' }", Truth.No)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:sns:*:111122223333:*' }", Truth.Yes)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:sns:*:⟨account A⟩:*' }", Truth.Yes)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:cloudfront::*:distribution/*' }", Truth.No)]
    [InlineData("ArnLike: { aws:SourceArn: 'arn:aws:cloudfront:::distribution/*' }", Truth.No)]
    [InlineData("IpAddress: { aws:SourceIp: 0.0.0.0/0 }", Truth.No)]
    [InlineData("IpAddress: { aws:SourceIp: 203.0.113.0/24 }", Truth.Yes)]
    [InlineData("Bool: { aws:SecureTransport: true }", Truth.Yes)]
    public void A_condition_narrows_where_it_names_what_is_let_in(string condition, Truth expected) =>
        Assert.Equal(expected, Narrowing.Of(Assert.Single(Given.StatementOf($"{{ Effect: Allow, Action: '*', Resource: '*', Condition: {{ {condition} }} }}").Conditions)));
}
