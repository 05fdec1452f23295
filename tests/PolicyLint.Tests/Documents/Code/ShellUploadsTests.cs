using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Tests.Documents.Code;

public sealed class ShellUploadsTests
{
    [Theory]
    [InlineData("aws s3 cp a.txt s3://b/a.txt", "aws s3 cp s3://b/a.txt")]
    [InlineData("aws s3 sync build s3://b --delete --acl bucket-owner-full-control", "aws s3 sync s3://b ACL=bucket-owner-full-control")]
    [InlineData("aws s3 mv --recursive --acl=private dist 's3://b/x'", "aws s3 mv s3://b/x ACL=private")]
    [InlineData("aws --region eu-west-1 s3 cp --no-progress a \"s3://$B/a\"", "aws s3 cp (s3://+$B+/a)")]
    [InlineData("aws s3 cp a s3://b \\\n  --exclude '*' --include '*.js' \\\n  --acl private", "aws s3 cp s3://b ACL=private")]
    [InlineData("aws s3 cp a s3://b --grants read=uri=http://x full=id=1", "aws s3 cp s3://b GrantRead=uri=http://x GrantFullControl=id=1")]
    [InlineData("aws s3 cp a s3://b --sse --acl private", "aws s3 cp s3://b ACL=private")]
    [InlineData("aws s3 cp a s3://b --sse aws:kms --sse-kms-key-id k", "aws s3 cp s3://b")]
    [InlineData("aws s3 cp s3://a/x ./x", "")]
    [InlineData("aws s3 cp s3://a/x -", "")]
    [InlineData("aws s3 ls s3://b; aws s3 rm s3://b/x; aws s3 presign s3://b/x", "")]
    [InlineData("aws s3api put-object --bucket b --key k --body f --acl private", "aws s3api put-object b ACL=private")]
    [InlineData("aws s3api copy-object --bucket b --copy-source a/k --key k --grant-read id=1 --expected-bucket-owner 111122223333", "aws s3api copy-object b GrantRead=id=1 ExpectedBucketOwner=111122223333")]
    [InlineData("aws s3api put-object --cli-input-json file://x.json --bucket b", "aws s3api put-object b open")]
    [InlineData("aws s3api get-object --bucket b --key k f", "")]
    [InlineData("cat x | aws s3 cp - s3://b/x >log 2>&1 && echo done", "aws s3 cp s3://b/x")]
    [InlineData("if true; then aws s3 cp a s3://b; fi", "aws s3 cp s3://b")]
    [InlineData("out=$(aws s3 cp a s3://b) || exit 1", "aws s3 cp s3://b")]
    [InlineData("(cd x && /usr/local/bin/aws s3 cp a s3://b)", "aws s3 cp s3://b")]
    [InlineData("find . | xargs -I{} aws s3 cp {} s3://b/", "aws s3 cp s3://b/")]
    [InlineData("x=`aws s3 cp a s3://b`", "aws s3 cp s3://b")]
    [InlineData("# aws s3 cp a s3://b\necho aws s3 cp a s3://b", "")]
    [InlineData("cat <<EOF > run.sh\naws s3 cp a s3://b\nEOF\naws s3 cp a s3://c", "aws s3 cp s3://c")]
    [InlineData("cat <<-'EOF'\n\taws s3 cp a s3://b\n\tEOF\naws s3 cp a s3://c", "aws s3 cp s3://c")]
    [InlineData("aws s3 cp a 's3://it'\\''s'", "aws s3 cp s3://it's")]
    public void Calls_are_found_in_every_shape(string code, string expected) => Assert.Equal(expected, Shown.Of(ShellUploads.In(code)));

    [Theory]
    [InlineData("B=b\naws s3 cp a s3://$B", "aws s3 cp (s3://+b)")]
    [InlineData("export B=\"x-$E\"\naws s3 cp a s3://${B}/", "aws s3 cp (s3://+(x-+$E)+/)")]
    [InlineData("B=${B:-b}\naws s3 cp a s3://$B", "aws s3 cp (s3://+$B|b)")]
    [InlineData("aws s3 cp a s3://${B:-b}", "aws s3 cp (s3://+$B|b)")]
    [InlineData("B=a; B=b\naws s3 cp a s3://$B", "aws s3 cp (s3://+?)")]
    [InlineData("if x; then B=a; fi\naws s3 cp a s3://$B", "aws s3 cp (s3://+?)")]
    [InlineData("[ -n \"$B\" ] || B=a\naws s3 cp a s3://$B", "aws s3 cp (s3://+?)")]
    [InlineData("for B in a b; do aws s3 cp a s3://$B; done", "aws s3 cp (s3://+?)")]
    [InlineData("B=$(terraform output b)\naws s3 cp a s3://$B", "aws s3 cp (s3://+?)")]
    [InlineData("aws s3 cp a s3://${B%/}", "aws s3 cp (s3://+?)")]
    [InlineData("aws s3 cp a s3://$1", "aws s3 cp (s3://+?)")]
    [InlineData("aws s3 cp a $TARGET", "aws s3 cp $TARGET")]
    [InlineData("aws s3 cp \"$FROM\" \"$TARGET\" --acl $ACL", "aws s3 cp $TARGET ACL=$ACL")]
    public void What_a_value_is_is_followed_where_it_can_only_be_one(string code, string expected) => Assert.Equal(expected, Shown.Of(ShellUploads.In(code)));

    [Theory]
    [InlineData("aws s3 cp a s3://b $ARGS", "aws s3 cp s3://b open")]
    [InlineData("aws s3 cp a s3://b \"${ARGS[@]}\"", "aws s3 cp s3://b open")]
    [InlineData("aws s3 cp $ARGS a s3://b", "aws s3 cp s3://b open")]
    [InlineData("ARGS='--acl private --quiet'\naws s3 cp a s3://b $ARGS", "aws s3 cp s3://b ACL=private")]
    [InlineData("aws --profile p s3 cp a s3://b", "aws s3 cp s3://b; borrows")]
    [InlineData("AWS_PROFILE=p aws s3 cp a s3://b", "aws s3 cp s3://b; borrows")]
    [InlineData("aws sts assume-role --role-arn r --role-session-name s\naws s3 cp a s3://b", "aws s3 cp s3://b; borrows")]
    [InlineData("export AWS_ACCESS_KEY_ID=x\naws s3 cp a s3://b", "aws s3 cp s3://b; borrows")]
    public void Options_that_are_built_elsewhere_are_not_known(string code, string expected) => Assert.Equal(expected, Shown.Of(ShellUploads.In(code)));
}
